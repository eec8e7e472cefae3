/**
 * A central of the tests' own, which says what a script says.
 */
@NullMarked
package loteria.agency.scripted;

import org.jspecify.annotations.NullMarked;
