/**
 * Between sockets and the lottery: listeners, one a setting, and what is known of each
 * connection.
 */
@NullMarked
package loteria.central.tcp;

import org.jspecify.annotations.NullMarked;
