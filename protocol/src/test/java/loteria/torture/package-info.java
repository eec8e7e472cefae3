/**
 * What the tests of all modules that make faults have in common: how often, when, and the
 * table of what came of it.
 */
@NullMarked
package loteria.torture;

import org.jspecify.annotations.NullMarked;
