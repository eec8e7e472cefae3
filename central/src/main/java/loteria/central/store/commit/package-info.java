/**
 * What every store does that makes many batches durable at once: what waits, what of it
 * may be stored, and what is measured.
 */
@NullMarked
package loteria.central.store.commit;

import org.jspecify.annotations.NullMarked;
