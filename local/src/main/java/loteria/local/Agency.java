package loteria.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import loteria.protocol.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * An agency of the job. How far it is the central says; what became of its bets it says
 * itself, in the summary of its log, when it has ended.
 */
final class Agency {

	private static final String SUMMARY = "action: summary | ";

	/** Exit codes of an agency: all done, and done but for skipped rows. */
	private static final int DONE = 0;

	static final int ROWS_SKIPPED = 3;

	private final int number;

	private final Dialect dialect;

	private final long total;

	private final Path log;

	private long sent;

	private @Nullable Double rate;

	private @Nullable Integer exitCode;

	private Map<String, String> summary = Map.of();

	/**
	 * @param total the rows of its file
	 */
	Agency(int number, Dialect dialect, long total, Path log) {
		this.number = number;
		this.dialect = dialect;
		this.total = total;
		this.log = log;
	}

	/**
	 * @param bets that the central has of it
	 * @param perSecond how many came lately; null as long as that is not known
	 */
	void stored(long bets, @Nullable Double perSecond) {
		if (isRunning()) {
			this.sent = bets;
			this.rate = perSecond;
		}
	}

	void ended(int code) throws IOException {
		try (Stream<String> lines = Files.lines(this.log, StandardCharsets.ISO_8859_1)) {
			lines.filter((line) -> line.contains(SUMMARY))
				.reduce((first, second) -> second)
				.ifPresent((line) -> this.summary = pairs(line));
		}
		this.sent = Math.max(this.sent, summary("sent"));
		this.exitCode = code;
	}

	private static Map<String, String> pairs(String line) {
		Map<String, String> pairs = new HashMap<>();
		for (String pair : line.split(" \\| ")) {
			int colon = pair.indexOf(": ");
			if (colon > 0) {
				pairs.put(pair.substring(0, colon), pair.substring(colon + 2));
			}
		}
		return pairs;
	}

	/** In words, for the screen. */
	String phase() {
		if (succeeded()) {
			return "done, " + summary("winners") + " winners";
		}
		if (this.exitCode != null) {
			return "failed, exit code " + this.exitCode;
		}
		return (this.sent < this.total) ? "sending" : "waiting for the draw";
	}

	boolean isRunning() {
		return this.exitCode == null;
	}

	boolean succeeded() {
		return this.exitCode != null && (this.exitCode == DONE || this.exitCode == ROWS_SKIPPED);
	}

	/** Null while it runs. */
	@Nullable Integer exitCode() {
		return this.exitCode;
	}

	/** A count of its summary; zero if there is none. */
	long summary(String key) {
		return Long.parseLong(this.summary.getOrDefault(key, "0"));
	}

	/** From its first bet to its last, as its summary says. */
	double seconds() {
		return Double.parseDouble(this.summary.getOrDefault("seconds", "0"));
	}

	int number() {
		return this.number;
	}

	Dialect dialect() {
		return this.dialect;
	}

	long total() {
		return this.total;
	}

	long sent() {
		return this.sent;
	}

	/** Bets a second; 0 as long as that is not known. */
	double rate() {
		return (this.rate == null) ? 0 : this.rate;
	}

	Path log() {
		return this.log;
	}

}
