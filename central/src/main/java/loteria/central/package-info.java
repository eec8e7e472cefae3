/**
 * The central as a program: its settings, how it starts and how it stops.
 */
@NullMarked
package loteria.central;

import org.jspecify.annotations.NullMarked;
