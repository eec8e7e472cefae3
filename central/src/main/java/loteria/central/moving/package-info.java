/**
 * Takes the place of the central of one of the five systems: reads what that central was
 * told, and puts the bets where it did. Hooked in by {@code META-INF/spring.factories};
 * nothing else knows of it.
 */
@NullMarked
package loteria.central.moving;

import org.jspecify.annotations.NullMarked;
