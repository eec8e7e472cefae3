/**
 * Listeners and conversations, with raw sockets as peers.
 */
@NullMarked
package loteria.central.tcp;

import org.jspecify.annotations.NullMarked;
