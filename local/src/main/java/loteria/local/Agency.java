package loteria.local;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

import loteria.protocol.Dialect;

/**
 * An agency at work. Whatever it says goes into its log by way of here: how much it has
 * sent is known without looking for it.
 */
final class Agency {

	private static final String SENT = "action: apuesta_enviada | result: success";

	private static final String SUMMARY = "action: summary | ";

	/** Exit codes of an agency: all done, and done but for skipped rows. */
	private static final int DONE = 0;

	static final int ROWS_SKIPPED = 3;

	private static final long SAYS_SOMETHING = 200_000_000;

	private final int number;

	private final Dialect dialect;

	private final long total;

	private final Path log;

	private volatile Map<String, String> summary = Map.of();

	private final LongSupplier nanos;

	private volatile long sent;

	/** When its first bets were stored, and its last. */
	private volatile OptionalLong firstStored = OptionalLong.empty();

	private volatile OptionalLong lastStored = OptionalLong.empty();

	private volatile OptionalInt exitCode = OptionalInt.empty();

	/**
	 * @param total the rows of its file
	 */
	Agency(int number, Dialect dialect, long total, Path log) {
		this(number, dialect, total, log, System::nanoTime);
	}

	Agency(int number, Dialect dialect, long total, Path log, LongSupplier nanos) {
		this.number = number;
		this.dialect = dialect;
		this.total = total;
		this.log = log;
		this.nanos = nanos;
	}

	/**
	 * Returns at once; a thread does the rest, until the agency has ended.
	 * @param news called at every change
	 */
	void follow(Process process, Runnable news) {
		Thread.ofVirtual().start(() -> {
			try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
					BufferedWriter copy = Files.newBufferedWriter(this.log)) {
				for (String line = lines.readLine(); line != null; line = lines.readLine()) {
					copy.append(line).append('\n');
					if (!lines.ready()) {
						copy.flush();
					}
					if (heard(line)) {
						news.run();
					}
				}
			}
			catch (IOException ex) {
				System.err.println("run: no log of agency " + this.number + " any more: " + ex.getMessage());
				process.destroy();
			}
			// not before all its lines are known
			this.exitCode = OptionalInt.of(process.onExit().join().exitValue());
			news.run();
		});
	}

	/**
	 * Returns whether it says how far the agency is.
	 */
	boolean heard(String line) {
		if (line.contains(SENT)) {
			this.sent += Long.parseLong(pairs(line).getOrDefault("cantidad", "0"));
			this.lastStored = OptionalLong.of(this.nanos.getAsLong());
			if (this.firstStored.isEmpty()) {
				this.firstStored = this.lastStored;
			}
			return true;
		}
		if (line.contains(SUMMARY)) {
			this.summary = pairs(line);
		}
		return false;
	}

	private static Map<String, String> pairs(String line) {
		Map<String, String> pairs = new HashMap<>();
		for (String pair : line.split(" \\| ")) {
			int colon = pair.indexOf(": ");
			if (colon > 0) {
				pairs.put(pair.substring(0, colon), pair.substring(colon + 2));
			}
		}
		return Map.copyOf(pairs);
	}

	/** In words, for those who watch. */
	String phase() {
		if (succeeded()) {
			return "done, " + summary("winners") + " winners";
		}
		if (this.exitCode.isPresent()) {
			return "failed, exit code " + this.exitCode.getAsInt();
		}
		return (this.sent < this.total) ? "sending" : "waiting for the draw";
	}

	boolean isSending() {
		return isRunning() && this.sent < this.total;
	}

	/** Bets a second since its first were stored; 0 as long as that says nothing. */
	double rate() {
		OptionalLong since = this.firstStored;
		if (since.isEmpty()) {
			return 0;
		}
		long elapsed = this.nanos.getAsLong() - since.getAsLong();
		return (elapsed < SAYS_SOMETHING) ? 0 : this.sent * 1e9 / elapsed;
	}

	/** By {@link System#nanoTime}; empty as long as nothing was. */
	OptionalLong firstStored() {
		return this.firstStored;
	}

	OptionalLong lastStored() {
		return this.lastStored;
	}

	boolean isRunning() {
		return this.exitCode.isEmpty();
	}

	boolean succeeded() {
		int code = this.exitCode.orElse(-1);
		return code == DONE || code == ROWS_SKIPPED;
	}

	OptionalInt exitCode() {
		return this.exitCode;
	}

	/** A count of its summary; zero if there is none. */
	long summary(String key) {
		return Long.parseLong(this.summary.getOrDefault(key, "0"));
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

	Path log() {
		return this.log;
	}

}
