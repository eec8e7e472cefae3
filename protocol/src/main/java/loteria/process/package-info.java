/**
 * What both programs owe the system they run on: to stop when they are told to, and to
 * take texts for what they are.
 */
@NullMarked
package loteria.process;

import org.jspecify.annotations.NullMarked;
