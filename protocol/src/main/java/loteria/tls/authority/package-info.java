/**
 * Makes certificates: a private authority, and what it issues.
 */
@NullMarked
package loteria.tls.authority;

import org.jspecify.annotations.NullMarked;
