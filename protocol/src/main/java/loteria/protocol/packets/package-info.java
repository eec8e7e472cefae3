/**
 * The dialect {@code packets}: a message is a length of 2 bytes and a text that names its
 * type ({@code protocols.md}, "packets").
 */
@NullMarked
package loteria.protocol.packets;

import org.jspecify.annotations.NullMarked;
