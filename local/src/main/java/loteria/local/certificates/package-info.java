/**
 * What {@code make certs} does.
 */
@NullMarked
package loteria.local.certificates;

import org.jspecify.annotations.NullMarked;
