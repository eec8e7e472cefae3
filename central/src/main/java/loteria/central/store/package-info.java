/**
 * The port through which bets become durable, and the record of the draw over them. Knows
 * no sockets and no dialects.
 */
@NullMarked
package loteria.central.store;

import org.jspecify.annotations.NullMarked;
