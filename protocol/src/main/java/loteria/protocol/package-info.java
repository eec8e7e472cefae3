/**
 * What agencies and the central say to each other, whatever the dialect, and the ports
 * through which a dialect puts it on the wire.
 */
@NullMarked
package loteria.protocol;

import org.jspecify.annotations.NullMarked;
