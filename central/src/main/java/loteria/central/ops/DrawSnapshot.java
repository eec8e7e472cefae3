package loteria.central.ops;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
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
 * @param problem why bets can't be stored, or the draw can't be made, in one line
 * @param unlisted how many agencies have no row, where there are too many
 */
public record DrawSnapshot(Instant at, State state, String name, int winningNumber, Agencies agencies, long bets,
		@Nullable Double betsPerSecond, @Nullable Result result, @Nullable String problem, Connections connections,
		Commits commits, List<Refusals> refusals, List<Limit> limits, List<AgencyRow> rows, int unlisted) {

	/** The same with other rows. */
	public DrawSnapshot withRows(List<AgencyRow> others) {
		return new DrawSnapshot(this.at, this.state, this.name, this.winningNumber, this.agencies, this.bets,
				this.betsPerSecond, this.result, this.problem, this.connections, this.commits, this.refusals,
				this.limits, others, this.unlisted);
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
	 * @param finished with those that have not said who they are, and wait
	 */
	public record Agencies(int expected, boolean listed, int seen, int missing, int finished) {
	}

	/**
	 * @param quietSince when its last bets were seen to arrive, or a moment behind; null
	 * where nothing more is to come
	 * @param winners how many bets won; null before the draw
	 */
	public record AgencyRow(int agency, Progress state, long bets, @Nullable Double betsPerSecond,
			@Nullable Instant quietSince, @Nullable Long winners) {
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
	 * @param last when there was another, as far as somebody looked
	 */
	public record Refusals(String reason, long count, @Nullable Instant last) {
	}

	/**
	 * A setting that keeps something out, or is not as it was set.
	 *
	 * @param value of {@link Kind#LOWERED} what holds, else how often
	 */
	public record Limit(String setting, Kind kind, long value) {

		/**
		 * How it bites.
		 */
		public enum Kind {

			/** Reached now. */
			REACHED,
			/** Something was refused because of it. */
			REFUSED,
			/** The machine has less room than was set. */
			LOWERED;

			@JsonValue
			String word() {
				return lower(this);
			}

		}

	}

}
