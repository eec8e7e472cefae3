/**
 * {@code make bench}: measures the central beside others that do the same.
 */
@NullMarked
package loteria.bench;

import org.jspecify.annotations.NullMarked;
