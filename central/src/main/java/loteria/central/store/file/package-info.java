/**
 * The store of one central: {@code bets.csv}, and beside it a journal that says which
 * bytes of it are whole batches.
 */
@NullMarked
package loteria.central.store.file;

import org.jspecify.annotations.NullMarked;
