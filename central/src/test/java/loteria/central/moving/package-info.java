/**
 * What becomes of a configuration of each of the five systems.
 */
@NullMarked
package loteria.central.moving;

import org.jspecify.annotations.NullMarked;
