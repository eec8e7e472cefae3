package loteria.central.tcp;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;

import loteria.central.RunningCentral;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Whatever a peer sends: it gets its answer or is cut off, a line in the log and a count,
 * the store does not change, and another agency is served while it lasts.
 */
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTests {

	private static final String FAIL = "R:1\nFAIL\n";

	private static final String CLOSED = "";

	private static final int MAX_MESSAGE = 8 * 1024;

	private static final String GOOD = "Ana;Paz;123;1990-01-01;7";

	private RunningCentral central;

	@BeforeAll
	void start(@TempDir Path directory) throws IOException {
		this.central = RunningCentral.start(directory, "--central.agencies=3",
				"--central.connections.max-message=" + MAX_MESSAGE + "B");
		try (Peer peer = connect()) {
			peer.send("S:1\n3;" + GOOD + "\nH:1\n3\n");
			assertThat(peer.receiveLines(4)).isEqualTo("R:1\nOK\nH:1\nOPEN\n");
		}
		// agency 2 has finished: its wait for the draw lasts longer than this test
		Peer waiting = connect();
		waiting.send("S:1\n2;" + GOOD + "\n");
		assertThat(waiting.receiveLines(2)).isEqualTo("R:1\nOK\n");
		waiting.send("F:1\nFINISHED\n");
		try (Peer peer = connect()) {
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
				peer.send("H:1\n2\n");
				return peer.receiveLines(2).equals("H:1\nCLOSED\n");
			});
		}
	}

	@AfterAll
	void stop() {
		this.central.close();
	}

	static Stream<Arguments> badInput() {
		String name = "a".repeat(51);
		// a day of grace from where it is already tomorrow
		String future = LocalDate.now(ZoneOffset.UTC).plusDays(3).toString();
		return Stream.of(arguments("wrong count", "S:2\n1;" + GOOD + "\n", FAIL, "wrong_count"),
				arguments("five fields", "S:1\n1;Ana;Paz;123;1990-01-01\n", FAIL, "invalid_bet"),
				arguments("seven fields", "S:1\n1;" + GOOD + ";8\n", FAIL, "invalid_bet"),
				arguments("letters in a number", "S:1\n1;Ana;Paz;123;1990-01-01;7x\n", FAIL, "invalid_bet"),
				arguments("30 February", "S:1\n1;Ana;Paz;123;1990-02-30;7\n", FAIL, "invalid_bet"),
				arguments("a birthdate in the future", "S:1\n1;Ana;Paz;123;" + future + ";7\n", FAIL, "invalid_bet"),
				arguments("an empty name", "S:1\n1;;Paz;123;1990-01-01;7\n", FAIL, "invalid_bet"),
				arguments("a name of 51 bytes", "S:1\n1;" + name + ";Paz;123;1990-01-01;7\n", FAIL, "invalid_bet"),
				arguments("a line separator in a name", "S:1\n1;An\u00e2\u0080\u00a8a;Paz;123;1990-01-01;7\n", FAIL,
						"invalid_bet"),
				arguments("a name that was lost", "S:1\n1;Jos\u00ef\u00bf\u00bd;Paz;123;1990-01-01;7\n", FAIL,
						"invalid_bet"),
				arguments("invalid UTF-8", "S:1\n1;An\u00ff;Paz;123;1990-01-01;7\n", FAIL, "not_utf8"),
				arguments("two agencies in a batch", "S:2\n1;" + GOOD + "~4;" + GOOD + "\n", FAIL, "other_agency"),
				arguments("an agency that has finished", "S:1\n2;" + GOOD + "\n", FAIL, "agency_closed"),
				arguments("one good bet and one bad", "S:2\n1;" + GOOD + "~1;Ana;Paz;x;1990-01-01;7\n", FAIL,
						"invalid_bet"),
				arguments("S:0", "S:0\n\n", FAIL, "wrong_count"),
				arguments("S:-1", "S:-1\n1;" + GOOD + "\n", FAIL, "wrong_count"),
				arguments("S:99999999999", "S:99999999999\n1;" + GOOD + "\n", FAIL, "wrong_count"),
				arguments("an unknown header", "X:1\nhello\n", FAIL, "unknown_message"),
				arguments("a line over the limit", "S:1\n" + "x".repeat(MAX_MESSAGE), FAIL, "too_long"),
				arguments("a header without body", "S:1\n", CLOSED, "truncated"),
				arguments("a body without end", "S:1\n1;" + GOOD, CLOSED, "truncated"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("badInput")
	void isRefusedLoggedCountedAndNotStored(String what, String message, String answer, String reason,
			CapturedOutput output) throws IOException {
		String before = this.central.bets();
		double refusals = this.central.refusals("lines", reason);
		try (Peer peer = connect(); Peer other = connect()) {
			peer.send(message);
			peer.endOutput();
			assertThat(peer.receiveAll()).isEqualTo(answer);

			other.send("E:1\nstill here\n");
			assertThat(other.receiveLines(2)).isEqualTo("E:1\nstill here\n");
			String ip = peer.address();
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(output.getOut()
					.lines()
					.filter((line) -> line.contains("result: fail") && line.contains(ip) && line.contains(reason)))
					.hasSize(1));
			assertThat(this.central.refusals("lines", reason)).isEqualTo(refusals + 1);
			assertThat(this.central.bets()).isEqualTo(before);
		}
	}

	private Peer connect() throws IOException {
		return new Peer(this.central.port("lines"));
	}

}
