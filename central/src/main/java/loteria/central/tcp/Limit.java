package loteria.central.tcp;

import java.util.Locale;

import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What peers can have too much of, as it is counted in {@code lottery.limits.reached}.
 */
enum Limit {

	/** {@code central.connections.max}. */
	CONNECTIONS,
	/** {@code central.connections.per-address}. */
	PER_ADDRESS,
	/** A silent connection that made room for another, where one of the two above is. */
	MADE_ROOM,
	/** {@code central.connections.first-message}. */
	FIRST_MESSAGE,
	/** {@code central.connections.idle}. */
	IDLE,
	/** {@code central.connections.message}. */
	MESSAGE,
	/** {@code central.connections.answer}. */
	ANSWER,
	/** {@code central.connections.max-message}. */
	MAX_MESSAGE,
	/** {@code central.connections.memory}. */
	MEMORY,
	/** {@code central.connections.batch-rate}: somebody had to wait. */
	BATCH_RATE,
	/**
	 * {@code central.connections.without-bets}: somebody had to wait for over a second.
	 */
	WITHOUT_BETS,
	/** {@code central.draw.max-agencies}. */
	AGENCIES;

	/** The limit that every refusal for a reason is due to, if there is one. */
	static @Nullable Limit of(Reason reason) {
		return switch (reason) {
			case TOO_LONG -> MAX_MESSAGE;
			case OVERLOADED -> MEMORY;
			case TOO_MANY_AGENCIES -> AGENCIES;
			default -> null;
		};
	}

	/** As a metric's tag. */
	String tag() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
