/**
 * What people who operate the central look at.
 */
@NullMarked
package loteria.central.ops;

import org.jspecify.annotations.NullMarked;
