/**
 * TLS for both sides: over sockets that are connected already, for one thread a
 * connection, with one clear line for whatever fails.
 */
@NullMarked
package loteria.tls;

import org.jspecify.annotations.NullMarked;
