/**
 * For whoever moves in from one of the five systems that this central replaces: reads
 * what their central was told, and puts the bets where it did. Hooked in by
 * {@code META-INF/spring.factories}; nothing else knows of it.
 */
@NullMarked
package loteria.central.moving;

import org.jspecify.annotations.NullMarked;
