/**
 * What a bet is, the rules it obeys, and the row of {@code bets.csv} it becomes.
 */
@NullMarked
package loteria.bet;

import org.jspecify.annotations.NullMarked;
