package loteria.agency.file;

import loteria.bet.Bet;
import loteria.bet.BetRules;
import loteria.bet.CheckedBet;
import loteria.bet.InvalidBet;
import loteria.protocol.ClientCodec;

/**
 * Whether a bet can be sent: by the rules of all dialects, and by what the agency's own
 * can carry.
 */
public record BetCheck(int agency, BetRules rules, ClientCodec codec) {

	public CheckedBet check(String firstName, String lastName, String document, String birthdate, String number) {
		CheckedBet checked = this.rules.check(this.agency, firstName, lastName, document, birthdate, number);
		InvalidBet refusal = (checked instanceof Bet bet) ? this.codec.refusal(bet) : null;
		return (refusal == null) ? checked : refusal;
	}

}
