package loteria.protocol;

import java.util.List;
import java.util.OptionalInt;

import loteria.bet.Bet;

/**
 * What an agency asks of the central.
 */
public sealed interface Request {

	/**
	 * Store these bets, whole or not at all.
	 *
	 * @param agency 0 only where {@code bets} is empty and nothing has said whose they
	 * would be
	 * @param bets all of {@code agency}; may be empty where a dialect has empty batches
	 */
	record StoreBets(int agency, List<Bet> bets) implements Request {
	}

	/**
	 * The agency has finished; nothing is waited for.
	 */
	record CloseAgency(int agency) implements Request {
	}

	/**
	 * The agency has finished, and waits for the draw and for its winners.
	 *
	 * @param agency empty where the peer never said who it is ({@code lines}: an agency
	 * without bets)
	 */
	record AwaitWinners(OptionalInt agency) implements Request {
	}

	/**
	 * The winners if there are any yet, and an answer at once if not.
	 */
	record FindWinners(int agency) implements Request {
	}

	/**
	 * How many bets of this agency are durable, and has it finished?
	 */
	record Greeting(int agency) implements Request {
	}

	/**
	 * How many bets of this agency are durable, and which are they?
	 */
	record Check(int agency) implements Request {
	}

	/**
	 * Say this again.
	 */
	record Echo(String text) implements Request {
	}

	/**
	 * Close the connection.
	 */
	record Disconnect() implements Request {
	}

	/**
	 * A message that was understood and breaks a rule: refused, and the connection goes
	 * on.
	 */
	record Unacceptable(Refusal refusal) implements Request {
	}

	/**
	 * A message that did not decode, so that what follows it can't be trusted: refused,
	 * and the connection closes.
	 */
	record Garbage(Refusal refusal) implements Request {
	}

}
