/**
 * Getting the bets of a file to the central, each exactly once where the dialect allows
 * it, and the winners back.
 */
@NullMarked
package loteria.agency.sending;

import org.jspecify.annotations.NullMarked;
