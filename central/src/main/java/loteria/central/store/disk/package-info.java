/**
 * A store as it lies on disk: the format, the one reader of the journal, and what makes a
 * store whole again. The format stands in {@code docs/store.md}.
 */
@NullMarked
package loteria.central.store.disk;

import org.jspecify.annotations.NullMarked;
