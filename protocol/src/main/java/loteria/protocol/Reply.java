package loteria.protocol;

import java.util.List;

import loteria.bet.DocumentList;
import loteria.bet.Documents;

/**
 * What the central answers. Whatever prints an answer gets no document and no word of a
 * peer.
 */
public sealed interface Reply {

	/**
	 * The batch is durable.
	 */
	record Stored(int bets) implements Reply {
	}

	/**
	 * Nothing of what was asked has happened.
	 */
	record Refused(Refusal refusal) implements Reply {

		@Override
		public String toString() {
			return "Refused[" + this.refusal.reason() + "]";
		}

	}

	/**
	 * The draw has happened.
	 *
	 * @param count how many winning bets the agency has
	 * @param documents theirs, in the order in which the bets were stored; empty also
	 * where a central of dialect {@code csv} tells only the number
	 */
	record Winners(long count, Documents documents) implements Reply {

		public Winners(Documents documents) {
			this(documents.count(), documents);
		}

		public Winners(List<String> documents) {
			this(DocumentList.of(documents));
		}

		@Override
		public String toString() {
			return "Winners[" + this.count + "]";
		}

	}

	/**
	 * The draw has not happened yet.
	 */
	record NotReady() implements Reply {
	}

	/**
	 * @param stored how many bets of the agency are durable
	 * @param closed whether it has finished
	 */
	record Greeted(long stored, boolean closed) implements Reply {
	}

	/**
	 * @param stored how many bets of the agency are durable
	 * @param sha256 over the rows of {@code bets.csv} of exactly these, in stored order,
	 * line ends included; 64 digits, lower case
	 */
	record Checked(long stored, String sha256) implements Reply {
	}

	record Echoed(String text) implements Reply {

		@Override
		public String toString() {
			return "Echoed[" + this.text.length() + " characters]";
		}

	}

	/**
	 * Done, and nothing more to say.
	 */
	record Acknowledged() implements Reply {
	}

	/**
	 * The dialect sends nothing; the connection closes.
	 */
	record Silence() implements Reply {
	}

}
