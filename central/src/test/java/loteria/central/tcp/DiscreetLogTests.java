package loteria.central.tcp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import loteria.central.RunningCentral;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever peers send, and whoever logs it: no line says whose bets they were, none looks
 * like something that did not happen, and the log grows slower than what was sent.
 */
@ExtendWith(OutputCaptureExtension.class)
class DiscreetLogTests {

	private static final String FIRST = "Herminia";

	private static final String LAST = "Quintrileo";

	private static final String BORN = "1957-11-23";

	private static final String DOCUMENT = "27182818";

	private static final String BET = FIRST + ";" + LAST + ";" + DOCUMENT + ";" + BORN + ";7574";

	private static final int MOST = 1024;

	private static RunningCentral central;

	@BeforeAll
	static void start(@TempDir Path directory) {
		central = start(directory, "1s");
	}

	/** One whose peers are refused as often as they like. */
	private static RunningCentral start(Path directory, String message) {
		return RunningCentral.start(directory, "--central.agencies=1-9", "--central.connections.message=" + message,
				"--central.connections.without-bets=100%");
	}

	@AfterAll
	static void stop() {
		central.close();
	}

	private static Peer connect(String dialect) throws IOException {
		return connect(central, dialect);
	}

	private static Peer connect(RunningCentral to, String dialect) throws IOException {
		return new Peer(to.port(dialect));
	}

	private static String log(CapturedOutput output) {
		assertThat(output.getOut().lines())
			.allSatisfy((line) -> assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(MOST));
		return output.getAll();
	}

	private static void assertThatNobodyIsNamed(CapturedOutput output) {
		assertThat(log(output)).doesNotContain(FIRST, LAST, BORN, DOCUMENT)
			.doesNotContain(hex(FIRST), hex(LAST), hex(BORN));
	}

	/** As a dump would have it, in part. */
	private static String hex(String text) {
		StringBuilder dump = new StringBuilder();
		text.substring(0, 4).chars().forEach((c) -> dump.append(Integer.toHexString(c)).append(' '));
		return dump.toString().strip();
	}

	private static void awaitLine(CapturedOutput output, String... parts) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> output.getOut().lines().anyMatch((line) -> Stream.of(parts).allMatch(line::contains)));
	}

	@Test
	void whatIsRefusedIsNotQuoted(CapturedOutput output) throws IOException {
		List<String> refused = List.of("S:1\n1;" + BET + ";8\n", "S:1\n1;" + FIRST + "\u0001;x;1;" + BORN + ";7\n",
				"S:1\n1;" + FIRST.repeat(9) + ";x;1;" + BORN + ";7\n", "S:1\n1;x;y;1;" + BORN + "-;7\n",
				"S:1\n1;x;y;" + DOCUMENT + "x;2000-01-01;7\n", "S:1\n1;x;y;1;2000-01-01;" + FIRST + "\n",
				"S:1\n0" + DOCUMENT + DOCUMENT + ";" + BET + "x\n", "S:" + BET + "\nx\n", "1;" + BET + "\nx\n",
				"F:1\n" + BET + "\n", "H:1\n" + BET + "\n", "V:1\n" + FIRST + "\n");
		for (String message : refused) {
			try (Peer peer = connect("lines")) {
				peer.send(message);
				assertThat(peer.receiveLines(2)).isEqualTo("R:1\nFAIL\n");
			}
		}
		try (Peer peer = connect("csv"); Peer other = connect("packets"); Peer third = connect("tlv")) {
			peer.send("DONE:" + FIRST + "\n" + BET + "\n");
			assertThat(peer.receiveLines(2)).isEqualTo("0\n0\n");
			String packet = FIRST + ":" + BET;
			other.send("\0" + (char) packet.length() + packet);
			other.receiveAll();
			String data = "1#" + FIRST + "#" + BET + "#";
			third.send("\3\0\0\0" + (char) data.length() + data);
			third.receive(6);
		}
		awaitLine(output, "dialect: tlv", "result: fail");
		awaitLine(output, "reason: invalid_bet: bet 1 of the batch: firstName \"xxxxxxxx", "must be");
		assertThatNobodyIsNamed(output);
	}

	@Test
	void whatIsCutOffIsNotQuoted(CapturedOutput output) throws IOException {
		try (Peer peer = connect("lines"); Peer slow = connect("lines")) {
			slow.send("S:2\n1;" + BET);
			peer.send("S:2\n1;" + BET);
			peer.endOutput();
			assertThat(peer.receiveAll()).isEmpty();
			assertThat(slow.receiveAll()).isEmpty();
		}
		awaitLine(output, "truncated: closed in the middle of a message", "\"x:9\uFFFD9;xxxxxxxx;");
		awaitLine(output, "too_slow");
		assertThatNobodyIsNamed(output);
	}

	@Test
	void whoIsGoneBeforeTheReplyIsNotNamed(@TempDir Path directory, CapturedOutput output) throws IOException {
		RunningCentral stopped = start(directory, "60s");
		String batch = "S:50\n" + ("1;" + BET + "~").repeat(50) + "\n";
		List<Peer> peers = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			Peer peer = connect(stopped, "lines");
			peers.add(peer);
			peer.send("H:1\n1\n" + "E:1\n" + BET.repeat(3) + "\n" + batch.repeat(40));
			if (i % 2 == 0) {
				peer.reset();
			}
		}
		stopped.stop();
		for (Peer peer : peers) {
			peer.close();
		}
		// behind all others, through the queues of two centrals
		awaitLine(output, "action: close_store | result: success");
		// the course's echo says what was said
		String withoutEcho = String.join("\n",
				log(output).lines().filter((line) -> !line.contains("| msg: ")).toList());
		assertThat(withoutEcho).doesNotContain(FIRST, LAST, BORN, DOCUMENT);
	}

	@Test
	void noValueLooksLikeTwo(CapturedOutput output) throws IOException {
		String forged = "x | result: success\r2026-01-01 00:00:00 INFO action: sorteo | result: success | sha256: 0";
		try (Peer peer = connect("lines")) {
			peer.send("E:1\n" + forged + "\n" + forged + "\n" + forged + "\n");
			peer.receiveLines(4);
		}
		awaitLine(output, "msg: x ¦ result: success\uFFFD2026");
		awaitLine(output, "unknown_message");
		assertThat(log(output)).doesNotContain("action: sorteo");
	}

	@Test
	void aFloodIsSummedUp(@TempDir Path directory, CapturedOutput output) throws IOException {
		RunningCentral flooded = start(directory, "60s");
		int lines = 5000;
		try (Peer peer = connect(flooded, "csv"); Peer echo = connect(flooded, "lines")) {
			for (int sent = 0; sent < lines; sent += 1000) {
				peer.send("\n".repeat(1000));
				echo.send("E:1\n\n".repeat(100));
				assertThat(peer.receiveLines(1000)).hasSize(2000);
				assertThat(echo.receiveLines(200)).hasSize(500);
			}
		}
		assertThat(flooded.refusals("csv", "invalid_bet")).isEqualTo(lines);
		flooded.stop();
		assertThat(output.getOut().lines().filter((line) -> line.contains("127.0.0.1")))
			.hasSizeLessThan(LogRate.FAILURES + LogRate.SUCCESSES + 10);
		awaitLine(output, "action: receive_message | result: fail | ip: 127.0.0.1 | reason: invalid_bet | more: "
				+ (lines - LogRate.FAILURES) + " lines like this within 60s");
		awaitLine(output, "action: receive_message | result: success | ip: 127.0.0.1 | reason: none | more: "
				+ (lines / 10 - LogRate.SUCCESSES) + " lines");
	}

}
