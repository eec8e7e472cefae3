/**
 * The central as a whole, run in the tests' own process.
 */
@NullMarked
package loteria.central;

import org.jspecify.annotations.NullMarked;
