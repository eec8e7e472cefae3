package loteria.central.tcp;

import java.util.Locale;

import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What peers can have too much of, as it is counted in {@code lottery.limits.reached}.
 */
public enum Limit {

	CONNECTIONS("max"), PER_ADDRESS("per-address"),
	/** A silent connection that made room for another, where one of the two above is. */
	MADE_ROOM("max"), FIRST_MESSAGE("first-message"), IDLE("idle"), MESSAGE("message"), ANSWER("answer"),
	MAX_MESSAGE("max-message"), MEMORY("memory"),
	/** A peer had to wait. */
	BATCH_RATE("batch-rate"),
	/** A peer had to wait for over a second. */
	WITHOUT_BETS("without-bets"), AGENCIES("");

	private final String key;

	Limit(String key) {
		this.key = key;
	}

	/** What sets it. */
	public String setting() {
		return this.key.isEmpty() ? "central.draw.max-agencies" : "central.connections." + this.key;
	}

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
	public String tag() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
