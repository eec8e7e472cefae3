/**
 * The dialect {@code csv}: a batch is one line of text ({@code protocols.md}, "csv").
 */
@NullMarked
package loteria.protocol.csv;

import org.jspecify.annotations.NullMarked;
