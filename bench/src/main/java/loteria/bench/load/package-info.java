/**
 * The load generator: whole batches encoded beforehand, sent over many connections by one
 * thread, and how long each took to be answered.
 */
@NullMarked
package loteria.bench.load;

import org.jspecify.annotations.NullMarked;
