package loteria.central.ops;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The draw as people see it at one moment, without anybody's name or document. What is
 * stored is that of the whole draw; connections, refusals and commits are those of this
 * central, since its start.
 * <p>
 * Rates are of the time since the snapshot before, about a second; null where that is
 * more than {@link DrawObserver#RECENT} ago.
 *
 * @param started when this central did
 * @param unlisted how many agencies have no row, where there are too many
 * @param events the latest first; null where they are those of the snapshot before
 */
public record DrawSnapshot(Instant at, Instant started, State state, String name, int winningNumber, Agencies agencies,
		long bets, @Nullable Double betsPerSecond, @Nullable Result result, @Nullable Problem problem, Disk disk,
		Connections connections, Commits commits, List<Refusals> refusals, List<Limit> limits, List<AgencyRow> rows,
		int unlisted, @Nullable List<Event> events) {

	/** With those rows and events alone that are not in {@code before}. */
	public DrawSnapshot since(DrawSnapshot before) {
		Map<Integer, AgencyRow> known = HashMap.newHashMap(before.rows.size());
		before.rows.forEach((row) -> known.put(row.agency(), row));
		return new DrawSnapshot(this.at, this.started, this.state, this.name, this.winningNumber, this.agencies,
				this.bets, this.betsPerSecond, this.result, this.problem, this.disk, this.connections, this.commits,
				this.refusals, this.limits,
				this.rows.stream().filter((row) -> !row.equals(known.get(row.agency()))).toList(), this.unlisted,
				Objects.equals(this.events, before.events) ? null : this.events);
	}

	private static String lower(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * How far the draw is.
	 */
	public enum State {

		/** Agencies are expected still. */
		COLLECTING,
		/** The same, and a wait for the draw has run out. */
		TIMED_OUT,
		/** All have finished, and the record of the draw is not made. */
		SEALED,
		/** It has happened. */
		DRAWN;

		@JsonValue
		String word() {
			return lower(this);
		}

	}

	/**
	 * How many agencies.
	 *
	 * @param listed whether it is known which are expected
	 * @param seen those that have bets or have finished
	 * @param missing those expected that have not been seen
	 * @param stuck with bets, not finished, and no more bets come
	 * @param gone that went without their winners: they must be started again
	 * @param finished with those that have not said who they are, and wait
	 */
	public record Agencies(int expected, boolean listed, int seen, int missing, int stuck, int gone, int finished) {
	}

	/**
	 * Why bets can't be stored, or the draw can't be made.
	 *
	 * @param kind the refusal of a batch, or {@value #DRAW}
	 * @param detail in one line
	 */
	public record Problem(String kind, String detail) {

		static final String DRAW = "draw_failed";

	}

	/**
	 * Of the store, in bytes; null where it is a database.
	 */
	public record Disk(@Nullable Long free, @Nullable Long minFree) {
	}

	/**
	 * @param quietSince when its last bets were seen to arrive, or the central started;
	 * null where nothing more is to come
	 * @param winners how many bets won; null before the draw
	 * @param presence {@code connected}, {@code gone}, or {@code done}: gone with its
	 * winners; null where that is not known
	 * @param since when it came, or went
	 * @param refusal its last one
	 */
	public record AgencyRow(int agency, Progress state, long bets, @Nullable Double betsPerSecond,
			@Nullable Instant quietSince, @Nullable Long winners, @Nullable String presence, @Nullable Instant since,
			@Nullable String address, @Nullable String dialect, @Nullable String refusal, @Nullable Instant refusedAt) {
	}

	/**
	 * Something that happened.
	 *
	 * @param detail of a refusal or a problem its kind; of an agency that went, whether
	 * it was {@code gone} or {@code done}
	 * @param count how often; of a start, how many bets there were
	 */
	public record Event(Instant at, Kind kind, @Nullable Integer agency, @Nullable String address,
			@Nullable String dialect, @Nullable String detail, long count) {

		/**
		 * What.
		 */
		public enum Kind {

			STARTED, CAME, FINISHED, WENT, REFUSED, DRAWN, PROBLEM, MENDED;

			@JsonValue
			String word() {
				return lower(this);
			}

		}

	}

	/**
	 * What the charts show of one moment.
	 *
	 * @param at in seconds since 1970
	 */
	public record Point(double at, @Nullable Double bets, @Nullable Double mean, @Nullable Double p99, int queue) {
	}

	/**
	 * How far an agency is.
	 */
	public enum Progress {

		/** Expected, and nothing has come. */
		MISSING,
		/** Has bets, has not finished, and no more bets come. */
		STUCK,
		/** Has bets and has not finished. */
		SENDING,
		/** Has finished. */
		FINISHED;

		@JsonValue
		String word() {
			return lower(this);
		}

	}

	/**
	 * The draw.
	 *
	 * @param agencies how many had bets
	 * @param sha256 of its record
	 * @param verify the command that makes the record anew and compares
	 */
	public record Result(Instant instant, long bets, int agencies, long winners, String sha256, String verify) {
	}

	/**
	 * Connections of agencies.
	 *
	 * @param max at once
	 * @param byDialect those open
	 */
	public record Connections(int open, int max, SortedMap<String, Integer> byDialect) {
	}

	/**
	 * How bets get to disk.
	 *
	 * @param queue batches that wait to be written
	 * @param meanMillis of one commit; null where there was none
	 * @param p99Millis 99 of 100 took no longer; null where there was none
	 */
	public record Commits(int queue, @Nullable Double perSecond, @Nullable Double meanMillis,
			@Nullable Double p99Millis) {
	}

	/**
	 * @param last when there was another
	 */
	public record Refusals(String reason, long count, @Nullable Instant last) {
	}

	/**
	 * A setting that keeps something out, or is not as it was set.
	 *
	 * @param value how often it was reached since the start; of one that was lowered what
	 * holds
	 * @param lowered whether the machine has less room than was set
	 */
	public record Limit(String setting, boolean lowered, long value) {
	}

}
