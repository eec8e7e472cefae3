/**
 * What is known of the bets of each agency when their rows have been read.
 */
@NullMarked
package loteria.central.store.books;

import org.jspecify.annotations.NullMarked;
