package loteria.agency.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import loteria.protocol.Dialect;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;

/**
 * What the agency was told, and what it does where it was told nothing.
 *
 * @param servers the centrals, any of which will do
 * @param loopAmount how many messages an echo check sends
 * @param loopPeriod the pause between two of them
 * @param batchMaxAmount how many bets a batch has at the most
 * @param keepConnection whether all requests share one connection
 * @param retrySleep the first pause before winners are asked for again; it doubles
 * @param retrySleepMax the longest such pause
 * @param window how many batches may be under way, where the central can say after a cut
 * which of them it has
 * @param reconnectLimit how long the work may stand still for want of the central
 * @param waitLimit how long to wait for the draw, or null for as long as it takes
 * @param skippedMax the percentage of a file's rows that may be skipped
 * @param finishEmpty whether the agency may finish although every row was skipped
 * @param tls how to speak TLS, or null where it is not spoken
 * @param singleBet the only bet to send, in place of those of {@code file}
 * @param withoutEffect names of what else was said, and is of no use here
 */
public record Settings(int id, ServerAddresses servers, Dialect dialect, Mode mode, int loopAmount, Duration loopPeriod,
		LogLevel logLevel, int batchMaxAmount, Path file, boolean keepConnection, Duration retrySleep,
		Duration retrySleepMax, int window, Duration reconnectLimit, @Nullable Duration waitLimit, int skippedMax,
		boolean finishEmpty, @Nullable Tls tls, @Nullable SingleBet singleBet, List<String> withoutEffect) {

	/**
	 * As {@code key: value} pairs with bars between them.
	 */
	@Override
	public String toString() {
		return "client_id: " + this.id + " | server_address: " + this.servers + " | loop_amount: " + this.loopAmount
				+ " | loop_period: " + GoDuration.format(this.loopPeriod) + " | log_level: " + this.logLevel
				+ " | batch_maxAmount: " + this.batchMaxAmount + " | dialect: " + this.dialect.name() + " | mode: "
				+ ((this.mode == Mode.ECHO) ? "echo" : "bets") + " | file: " + this.file + " | connection: "
				+ (this.keepConnection ? "keep" : "each") + " | retry_sleep: " + GoDuration.format(this.retrySleep)
				+ " | retry_sleepMax: " + GoDuration.format(this.retrySleepMax) + " | window: " + this.window
				+ " | reconnect_limit: " + GoDuration.format(this.reconnectLimit) + " | wait_limit: "
				+ ((this.waitLimit == null) ? "none" : GoDuration.format(this.waitLimit)) + " | skipped_max: "
				+ this.skippedMax + " | finish_empty: " + this.finishEmpty
				+ ((this.tls == null) ? "" : " | tls: " + this.tls)
				+ (this.withoutEffect.isEmpty() ? "" : " | without_effect: " + String.join(", ", this.withoutEffect));
	}

}
