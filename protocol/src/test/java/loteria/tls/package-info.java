/**
 * Certificates for the tests of all programs, and the tests of TLS itself.
 */
@NullMarked
package loteria.tls;

import org.jspecify.annotations.NullMarked;
