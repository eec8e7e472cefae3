/**
 * The dialect {@code lines}: a message is two lines of text, header and body
 * ({@code protocols.md}, "lines").
 */
@NullMarked
package loteria.protocol.lines;

import org.jspecify.annotations.NullMarked;
