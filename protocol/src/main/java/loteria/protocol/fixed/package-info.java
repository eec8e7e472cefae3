/**
 * The dialect {@code fixed}: records of 79 bytes and binary integers
 * ({@code protocols.md}, "fixed").
 */
@NullMarked
package loteria.protocol.fixed;

import org.jspecify.annotations.NullMarked;
