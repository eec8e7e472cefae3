/**
 * The measurements, one a class.
 */
@NullMarked
package loteria.bench.section;

import org.jspecify.annotations.NullMarked;
