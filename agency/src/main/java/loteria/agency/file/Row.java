package loteria.agency.file;

import loteria.bet.Bet;

/**
 * A row that can be sent.
 *
 * @param line where it stands in the file, from 1 on
 * @param offset how many bytes of the file end with it
 */
public record Row(Bet bet, long line, long offset) {

}
