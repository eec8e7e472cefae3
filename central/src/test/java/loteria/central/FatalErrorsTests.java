package loteria.central;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * In processes of their own, which is what they end.
 */
class FatalErrorsTests {

	private static final int LIMIT_SECONDS = 60;

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource
	void endsTheProcessWithACodeOfItsOwn(Deadly what) throws Exception {
		assertThat(run(what.name())).isEqualTo(5);
		assertThat(this.directory.resolve("log")).content()
			.contains("action: shutdown | result: fail | exit_code: 5 | error: java.lang." + what.error);
	}

	@Test
	void saysWhatHelpsWhereMemoryIsOut() throws Exception {
		run(Deadly.EXHAUSTED.name());
		assertThat(this.directory.resolve("log")).content()
			.contains(
					"Java heap space | hint: give the central more memory (-Xmx), or lower central.connections.memory");
	}

	@Test
	void letsPassWhatNobodyIsToSee() throws Exception {
		assertThat(run("PROBED")).isZero();
		assertThat(run("EXCEPTION")).isZero();
	}

	/** Which waits for a database that says nothing. */
	@Test
	void aStopDoesNotWaitForTheEndOfALongStart() throws Exception {
		try (ServerSocket database = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			database.setSoTimeout(LIMIT_SECONDS * 1000);
			Process process = start("-Xmx256m", CentralApplication.class, "--server.port=0",
					"--central.listeners.lines.port=0", "--central.listeners.csv.port=0",
					"--central.listeners.tlv.port=0", "--central.listeners.fixed.port=0",
					"--central.listeners.packets.port=0", "--central.store.type=postgres",
					"--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + database.getLocalPort() + "/lottery",
					"--spring.datasource.hikari.connection-timeout=600000");
			try {
				Socket asked = database.accept();
				process.destroy();
				assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
				assertThat(process.exitValue()).isZero();
				asked.close();
			}
			finally {
				process.destroyForcibly();
			}
		}
		assertThat(this.directory.resolve("log")).content()
			.contains("action: sigterm_received | result: success",
					"action: shutdown | result: success | exit_code: 0 | reason: stopped during the start");
	}

	private Process start(String memory, Class<?> program, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), memory, "-XX:+UseSerialGC",
						"-cp", System.getProperty("java.class.path"), program.getName()));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("log").toFile())
			.start();
	}

	private int run(String what) throws IOException, InterruptedException {
		Process process = start("-Xmx24m", Dying.class, what);
		try {
			assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
			return process.exitValue();
		}
		finally {
			process.destroyForcibly();
		}
	}

	enum Deadly {

		/** By a thread of which nobody takes care. */
		THROWN("OutOfMemoryError"),

		/** By somebody who logs and goes on. */
		LOGGED("StackOverflowError"),

		/** The same, with a format that has the error as its last argument. */
		FORMATTED("AssertionError"),

		/** And where nobody would see the line. */
		UNSEEN("OutOfMemoryError"),

		/** By the machine itself. */
		EXHAUSTED("OutOfMemoryError");

		private final String error;

		Deadly(String error) {
			this.error = error;
		}

	}

	/**
	 * A program that would go on and end well.
	 */
	static final class Dying {

		private static final org.slf4j.Logger log = LoggerFactory.getLogger(Dying.class);

		private Dying() {
		}

		public static void main(String[] args) throws InterruptedException {
			FatalErrors.endProcess();
			FatalErrors.watchLog();
			((ch.qos.logback.classic.Logger) log).setLevel(ch.qos.logback.classic.Level.INFO);
			switch (args[0]) {
				case "THROWN" -> Thread.startVirtualThread(() -> {
					throw new OutOfMemoryError("made by a test");
				}).join();
				case "LOGGED" ->
					log.warn("caught", new IllegalStateException(new StackOverflowError("made by a test")));
				case "FORMATTED" -> log.error("{} caught {}", 1, 2, new AssertionError("made by a test"));
				case "UNSEEN" -> log.trace("caught", new OutOfMemoryError("made by a test"));
				case "EXHAUSTED" -> Thread.ofPlatform().start(Dying::exhaust).join();
				case "PROBED" -> log.debug("no such library", new NoClassDefFoundError("made by a test"));
				default -> log.error("caught", new IllegalStateException("made by a test"));
			}
		}

		private static void exhaust() {
			List<byte[]> all = new ArrayList<>();
			while (all.size() < Integer.MAX_VALUE) {
				all.add(new byte[1024 * 1024]);
			}
		}

	}

}
