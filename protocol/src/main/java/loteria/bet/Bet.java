package loteria.bet;

import java.time.LocalDate;

/**
 * A bet that obeys every rule; made by {@link BetRules} alone, so that holding one is
 * proof enough.
 *
 * @param agency 1 to 2<sup>31</sup>&minus;1
 * @param document 1 to 10 digits; kept as text because leading zeros count
 * @param number 0 to 9999
 */
public record Bet(int agency, String firstName, String lastName, String document, LocalDate birthdate,
		int number) implements CheckedBet {

}
