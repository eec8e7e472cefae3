/**
 * The store of one central as it runs: one thread that writes the journal and forces it
 * once a group, and behind it {@code bets.csv}.
 */
@NullMarked
package loteria.central.store.file;

import org.jspecify.annotations.NullMarked;
