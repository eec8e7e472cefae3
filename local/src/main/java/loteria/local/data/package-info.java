/**
 * Makes the agencies' input files: unpacks a data set that is given, or invents one.
 */
@NullMarked
package loteria.local.data;

import org.jspecify.annotations.NullMarked;
