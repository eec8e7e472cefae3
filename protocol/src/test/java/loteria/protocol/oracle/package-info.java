/**
 * The central's side of every dialect as text: fields are Strings, and the rules those of
 * the agency. Slow and plain; what the codecs make of bytes must be the same.
 */
@NullMarked
package loteria.protocol.oracle;

import org.jspecify.annotations.NullMarked;
