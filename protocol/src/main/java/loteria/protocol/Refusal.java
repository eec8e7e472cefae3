package loteria.protocol;

import java.util.Locale;

/**
 * Why a request was refused. The wire carries little or nothing of it; the central's log
 * and its counters do.
 *
 * @param detail what happened, where, in one line
 */
public record Refusal(Reason reason, String detail) {

	/** What an agency knows of a refusal where the dialect has no room for more. */
	public static final Refusal UNSAID = new Refusal(Reason.UNSAID,
			"the central refused without a reason; its log says why");

	@Override
	public String toString() {
		return (this.reason == Reason.UNSAID) ? this.detail : this.reason.tag() + ": " + this.detail;
	}

	/**
	 * The kinds of refusal, as they are counted.
	 */
	public enum Reason {

		/** A field of a bet breaks a rule. */
		INVALID_BET,
		/** The number of bets is not what the message says it is. */
		WRONG_COUNT,
		/** A batch of bets of two agencies, or of another than the connection's. */
		OTHER_AGENCY,
		/** An agency that the central does not expect. */
		UNKNOWN_AGENCY,
		/** An agency that this connection may not speak for. */
		FORBIDDEN,
		/** One agency more than the central may know. */
		TOO_MANY_AGENCIES,
		/** The peer has gone while its answer was waited for. */
		GONE,
		/** HTTP, spoken to a port that is not for it. */
		HTTP,
		/** No room for another connection; may pass. */
		TOO_MANY_CONNECTIONS,
		/** Text that is not UTF-8. */
		NOT_UTF8,
		/** A message longer than the limit. */
		TOO_LONG,
		/** A kind of message that the dialect does not have. */
		UNKNOWN_MESSAGE,
		/** A message whose form is wrong. */
		MALFORMED,
		/** The peer says that what it received is corrupt. */
		CORRUPT,
		/** The peer closed in the middle of a message. */
		TRUNCATED,
		/** No room in memory beside what others have sent; may pass. */
		OVERLOADED,
		/** A message that took too long to arrive, or a reply to be taken. */
		TOO_SLOW,
		/** A batch that does not begin where the agency's stored bets end. */
		OUT_OF_SEQUENCE,
		/** The agency has finished. */
		AGENCY_CLOSED,
		/** The draw has happened. */
		DRAWN,
		/** The draw did not happen within the waiting limit. */
		DRAW_TIMEOUT,
		/** Bets that may have won are lost since the draw. */
		WINNERS_LOST,
		/** More winners than the dialect can say in one reply. */
		TOO_MANY_WINNERS,
		/** A winner's document that the dialect cannot carry. */
		UNSAYABLE_DOCUMENT,
		/** No room left on disk; may pass. */
		STORE_FULL,
		/** The database can't be reached, and nothing was stored; may pass. */
		STORE_AWAY,
		/** The store does not work any more, and has not begun to store this. */
		STORE_FAILED,
		/** The disk failed while this was being stored. */
		IN_DOUBT,
		/** The central is stopping. */
		STOPPING,
		/** The central's own fault. */
		FAULT,
		/** The other side refused and its dialect does not say why. */
		UNSAID;

		/**
		 * Whether nothing of what was asked has happened, nor ever will. Where that is
		 * not known no peer is told of a refusal: it would send the same again.
		 */
		public boolean isCertain() {
			return this != IN_DOUBT && this != FAULT;
		}

		/** The name as a metric's tag and in logs. */
		public String tag() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
