/**
 * HTTP of the running central, as strangers and friends see it.
 */
@NullMarked
package loteria.central.http;

import org.jspecify.annotations.NullMarked;
