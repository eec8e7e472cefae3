/**
 * What a request means: storing, finishing, drawing. Knows no bytes and no sockets.
 */
@NullMarked
package loteria.central.lottery;

import org.jspecify.annotations.NullMarked;
