package loteria.central.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

import static loteria.central.settings.CentralSettings.require;
import static loteria.central.settings.CentralSettings.requirePositive;
import static loteria.central.settings.CentralSettings.size;

/**
 * What connections may take: how many, how long, how much.
 *
 * @param max open at once, over all listeners
 * @param perAddress open at once of one address
 * @param firstMessage how long a peer may say nothing after it has connected
 * @param idle how long it may say nothing later
 * @param message how long a message may take from its first byte to its last
 * @param answer how long a reply may take until it is taken
 * @param maxMessage the longest message
 * @param memory what the messages of all connections may take together
 * @param batchRate batches a second of one agency; 0 for as many as it likes
 * @param withoutBets the part of the processors that all that brings no bets may take
 */
public record Connections(int max, Portion perAddress, @DurationUnit(ChronoUnit.SECONDS) Duration firstMessage,
		@DurationUnit(ChronoUnit.SECONDS) Duration idle, @DurationUnit(ChronoUnit.SECONDS) Duration message,
		@DurationUnit(ChronoUnit.SECONDS) Duration answer, DataSize maxMessage, Portion memory, int batchRate,
		Portion withoutBets) {

	public static final String PER_ADDRESS = "central.connections.per-address";

	public static final String OF_CONNECTIONS = "a whole number from 1 on, or a part of central.connections.max from 1% to 100%";

	public static final String WITHOUT_BETS = "central.connections.without-bets";

	public static final String OF_PROCESSORS = "a part of the processors from 1% to 100%";

	private static final int PERCENT = 100;

	public static final long MIN_MESSAGE = 8 * 1024;

	private static final long MAX_MESSAGE = 256L * 1024 * 1024;

	public Connections {
		require(max >= 1, "central.connections.max", max, "a whole number from 1 on");
		require(perAddress != null && perAddress.isOfNumbers(), PER_ADDRESS, (perAddress != null) ? perAddress : "",
				OF_CONNECTIONS);
		requirePositive(firstMessage, "central.connections.first-message");
		requirePositive(idle, "central.connections.idle");
		requirePositive(message, "central.connections.message");
		requirePositive(answer, "central.connections.answer");
		require(batchRate >= 0, "central.connections.batch-rate", batchRate, "a whole number from 0 on");
		require(withoutBets != null && withoutBets.isOfNumbers() && withoutBets.of(PERCENT) <= PERCENT, WITHOUT_BETS,
				(withoutBets != null) ? withoutBets : "", OF_PROCESSORS);
		require(maxMessage != null && maxMessage.toBytes() >= MIN_MESSAGE && maxMessage.toBytes() <= MAX_MESSAGE,
				"central.connections.max-message", (maxMessage != null) ? size(maxMessage) : "",
				"a size from 8KB to 256MB");
	}

	/** How many connections one address may have. */
	public int ofOneAddress() {
		return Math.clamp(this.perAddress.of(this.max), 1, this.max);
	}

	/** How much of all processors what brings no bets may have. */
	public double partWithoutBets() {
		return (double) this.withoutBets.of(PERCENT) / PERCENT;
	}

	/** The same with what there is room for. */
	public Connections with(int possible, DataSize longest) {
		return new Connections(possible, this.perAddress, this.firstMessage, this.idle, this.message, this.answer,
				longest, this.memory, this.batchRate, this.withoutBets);
	}

}
