/**
 * The load generator: many agencies in one process, against a central that runs
 * elsewhere.
 */
@NullMarked
package loteria.bench.load;

import org.jspecify.annotations.NullMarked;
