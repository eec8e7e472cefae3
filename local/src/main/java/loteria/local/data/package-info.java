/**
 * Makes the agencies' input files: unpacks somebody's data set, or invents one.
 */
@NullMarked
package loteria.local.data;

import org.jspecify.annotations.NullMarked;
