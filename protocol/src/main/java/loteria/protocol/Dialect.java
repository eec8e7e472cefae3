package loteria.protocol;

import java.time.Duration;
import java.util.Optional;

import loteria.bet.BetRules;

/**
 * One way of putting {@link Request} and {@link Reply} on the wire: the port that a new
 * dialect implements. A dialect has no state; its codecs have, one for each connection.
 */
public interface Dialect {

	/** As in settings, logs and metrics. */
	String name();

	/** Where a central listens for it unless told otherwise. */
	int port();

	/**
	 * The central's side of one new connection.
	 */
	ServerCodec server(BetRules rules, Limits limits);

	/**
	 * The agency's side of one new connection; empty where only others speak to the
	 * central so, and the agency does not.
	 * @param maxBets the most bets of one batch on this connection, between 1 and
	 * {@link Habits#maxBets()}
	 */
	default Optional<ClientCodec> client(int agency, int maxBets) {
		return Optional.empty();
	}

	Habits habits();

	/**
	 * Whether an answer that another dialect can't read looks like one of this. Said only
	 * of what hardly is by chance.
	 */
	default boolean isSpokenIn(Inbound answer) {
		return false;
	}

	/** The highest agency that the dialect can carry. */
	default int maxAgency() {
		return Integer.MAX_VALUE;
	}

	/** Whether {@link Request.Echo} can be said. */
	default boolean echoes() {
		return false;
	}

	/**
	 * Whether {@link #batchSize} looks at the number of bets, which costs an agency a
	 * pass over its file.
	 */
	default boolean countsBets() {
		return false;
	}

	/**
	 * How many bets a batch should have.
	 * @param wanted at the most, from 1 on
	 * @param bets how many the agency is going to send in all; anything where this
	 * dialect does not {@linkplain #countsBets() count}
	 */
	default int batchSize(int wanted, long bets) {
		return Math.min(wanted, habits().maxBets());
	}

	/**
	 * What a peer may do to the central at the most.
	 *
	 * @param maxMessage bytes of one message, header and all; longer ones are refused
	 */
	record Limits(int maxMessage) {

		public static final Limits DEFAULT = new Limits(1024 * 1024);

	}

	/**
	 * How agencies of a dialect go about their business.
	 *
	 * @param greets whether an agency may ask how many of its bets are stored
	 * @param connectionPerRequest whether each request has a connection of its own,
	 * unless the agency is told to keep one
	 * @param finish how an agency says that it has finished
	 * @param maxBets the most bets of one batch
	 * @param maxBatch the most bytes of one batch on the wire
	 */
	record Habits(boolean greets, boolean connectionPerRequest, Finish finish, int maxBets, int maxBatch) {
	}

	/**
	 * How an agency finishes and comes to its winners.
	 */
	enum Finish {

		/** {@link Request.AwaitWinners} says both. */
		AWAIT,

		/** {@link Request.CloseAgency}, then {@link Request.AwaitWinners}. */
		CLOSE_THEN_AWAIT,

		/** {@link Request.CloseAgency}, then {@link Request.FindWinners} until drawn. */
		CLOSE_THEN_ASK

	}

	/** How long {@link ServerCodec#pause()} means where a codec needs one. */
	Duration PAUSE = Duration.ofMillis(200);

}
