/**
 * The dialect {@code tlv}: a message is an opcode, a length of 4 bytes and text in fields
 * ({@code protocols.md}, "tlv").
 */
@NullMarked
package loteria.protocol.tlv;

import org.jspecify.annotations.NullMarked;
