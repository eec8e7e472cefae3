package loteria.agency.jobs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

import loteria.agency.ending.ExitStatus;
import loteria.agency.ending.Failure;
import loteria.agency.ending.StopSwitch;
import loteria.agency.settings.GivenSettings;
import loteria.bet.BetRules;
import loteria.bytes.Sha256;

/**
 * One run of agency 1 with a file of the test's own.
 */
final class AgencyRun {

	private final Path file;

	private final StopSwitch stop = new StopSwitch();

	AgencyRun(Path directory) {
		this.file = directory.resolve("bets.csv");
	}

	/**
	 * @param rows a line each
	 */
	AgencyRun withRows(String... rows) throws IOException {
		Files.writeString(this.file, String.join("\n", rows) + "\n");
		return this;
	}

	AgencyRun withBytes(byte[] bytes) throws IOException {
		Files.write(this.file, bytes);
		return this;
	}

	/** For what is no regular file. */
	Path file() {
		return this.file;
	}

	/**
	 * Rows that differ in their document, which counts from 1.
	 */
	AgencyRun withRows(int count) throws IOException {
		String[] rows = new String[count];
		for (int i = 0; i < count; i++) {
			rows[i] = row(i + 1);
		}
		return withRows(rows);
	}

	static String row(int document) {
		return "Ana,Gil," + document + ",1999-03-17,7574";
	}

	/** The bet of {@link #row} in dialect {@code lines}. */
	static String bet(int document) {
		return "1;Ana;Gil;" + document + ";1999-03-17;7574";
	}

	/** A whole batch of dialect {@code lines}. */
	static String batch(int from, int to) {
		StringBuilder batch = new StringBuilder("S:" + (to - from + 1) + "\n");
		for (int document = from; document <= to; document++) {
			batch.append(bet(document)).append((document < to) ? "~" : "\n");
		}
		return batch.toString();
	}

	/**
	 * What a central of dialect {@code lines} says of the bets of {@link #row} that it
	 * has.
	 * @param to the last, which for none is the one before the first
	 */
	static String checked(int from, int to) {
		StringBuilder rows = new StringBuilder();
		for (int document = from; document <= to; document++) {
			rows.append("1,").append(row(document)).append("\r\n");
		}
		return checked(to - from + 1, rows.toString());
	}

	/**
	 * @param rows of bets.csv
	 */
	static String checked(int stored, String rows) {
		MessageDigest digest = Sha256.digest();
		digest.update(rows.getBytes(StandardCharsets.UTF_8));
		return "V:" + stored + "\n" + Sha256.hex(digest) + "\n";
	}

	StopSwitch stop() {
		return this.stop;
	}

	ExitStatus run(String... arguments) throws Failure {
		return run(Map.of(), arguments);
	}

	/**
	 * @param variables of the environment, besides those that tests have in common, or in
	 * their place
	 */
	ExitStatus run(Map<String, Object> variables, String... arguments) throws Failure {
		Map<String, Object> all = new HashMap<>();
		all.put("CLI_ID", "1");
		all.put("CLI_FILE", this.file.toString());
		all.put("CLI_RECONNECT_LIMIT", "20s");
		all.putAll(variables);
		return Job.of(GivenSettings.of(all, arguments), new BetRules(Clock.systemUTC()), this.stop).run();
	}

}
