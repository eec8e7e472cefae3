package loteria.protocol;

import java.util.OptionalInt;

import loteria.bet.Rows;

/**
 * What a message of an agency means to the central. What an agency itself says is a
 * {@link ClientRequest}: it has bets where the central has the rows that they become, and
 * says nothing that can't be understood. Whatever prints one, a library on its way to a
 * log among them, gets nothing that the peer has written.
 */
public sealed interface Request {

	/**
	 * Store these rows, whole or not at all.
	 *
	 * @param rows of agency 0 only where there are none and nothing has said whose they
	 * would be; there may be none where a dialect has empty batches
	 */
	record StoreBets(Rows rows) implements Request {
	}

	/**
	 * The agency has finished; nothing is waited for.
	 */
	record CloseAgency(int agency) implements Request, ClientRequest {
	}

	/**
	 * The agency has finished, and waits for the draw and for its winners.
	 *
	 * @param agency empty where the peer never said who it is ({@code lines}: an agency
	 * without bets)
	 */
	record AwaitWinners(OptionalInt agency) implements Request, ClientRequest {
	}

	/**
	 * The winners if there are any yet, and an answer at once if not.
	 */
	record FindWinners(int agency) implements Request, ClientRequest {
	}

	/**
	 * How many bets of this agency are durable, and has it finished?
	 */
	record Greeting(int agency) implements Request, ClientRequest {
	}

	/**
	 * How many bets of this agency are durable, and which are they?
	 */
	record Check(int agency) implements Request, ClientRequest {
	}

	/**
	 * Say this again.
	 */
	record Echo(String text) implements Request, ClientRequest {

		@Override
		public String toString() {
			return "Echo[" + this.text.length() + " characters]";
		}

	}

	/**
	 * Close the connection.
	 */
	record Disconnect() implements Request, ClientRequest {
	}

	/**
	 * A message that was understood and breaks a rule: refused, and the connection goes
	 * on.
	 */
	record Unacceptable(Refusal refusal) implements Request {

		@Override
		public String toString() {
			return "Unacceptable[" + this.refusal.reason() + "]";
		}

	}

	/**
	 * A message that did not decode, so that what follows it can't be trusted: refused,
	 * and the connection closes.
	 */
	record Garbage(Refusal refusal) implements Request {

		@Override
		public String toString() {
			return "Garbage[" + this.refusal.reason() + "]";
		}

	}

}
