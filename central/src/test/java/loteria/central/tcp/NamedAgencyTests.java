package loteria.central.tcp;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import loteria.central.RunningCentral;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who it was that sent, finished, asked or was refused stands in the log, and who is
 * missing in the health.
 */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class NamedAgencyTests {

	private static final String BET = "Ana;Sol;5;2000-02-29;7574";

	@TempDir
	private Path store;

	private CapturedOutput output;

	@BeforeEach
	void capture(CapturedOutput captured) {
		this.output = captured;
	}

	private List<String> lines(String action) {
		return this.output.getOut()
			.lines()
			.filter((line) -> line.contains("action: " + action + " "))
			.map((line) -> line.substring(line.indexOf("result: ")).replaceFirst("127\\.0\\.0\\.1:\\d+", "peer"))
			.toList();
	}

	/** Answers leave before the log is told of them. */
	private static void eventually(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(assertion);
	}

	@ParameterizedTest
	@EnumSource
	void everyLineOfADialectNamesTheAgency(Speech speech) throws IOException {
		try (RunningCentral central = RunningCentral.start(this.store, "--central.agencies=1",
				"--spring.main.web-application-type=none"); Peer peer = new Peer(central.port(speech.name()))) {
			peer.send(speech.bet);
			peer.receive(speech.stored);
			peer.send(speech.badBet);
			peer.receive(speech.refused);
			peer.send(speech.finish);
			if (!speech.ask.isEmpty()) {
				Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> central.finished() == 1);
				peer.send(speech.ask);
			}
			eventually(() -> assertThat(lines("consulta_ganadores")).containsExactly(
					"result: success | cant_ganadores: 1 | agency: 7 | ip: peer | dialect: " + speech.name()));
		}
		String who = "agency: 7 | ip: peer | dialect: " + speech.name();
		assertThat(lines("apuesta_recibida")).containsExactly("result: success | cantidad: 1 | " + who);
		assertThat(lines("apuesta_almacenada")).containsExactly("result: success | dni: 5 | numero: 7574 | " + who);
		assertThat(lines("receive_message")).singleElement()
			.asString()
			.startsWith("result: fail | " + who + " | reason: ");
		assertThat(lines("agencia_finalizada")).containsExactly("result: success | " + who);
		assertThat(lines("sorteo")).singleElement()
			.asString()
			.contains(" | agencies: 1 | bets: 1 | bets_of: 7=1 | unfinished: none | winners: 1 | ");
	}

	@Test
	void theFirstMessageOfAConnectionNamesItEvenWhereItIsRefused() throws IOException {
		try (RunningCentral central = RunningCentral.start(this.store, "--spring.main.web-application-type=none")) {
			for (Speech speech : Speech.values()) {
				try (Peer peer = new Peer(central.port(speech.name()))) {
					peer.send(speech.greeting() + speech.badBet);
					peer.receive(speech.refused);
				}
			}
			eventually(() -> assertThat(lines("receive_message")).hasSize(5)
				.allSatisfy((line) -> assertThat(line).startsWith("result: fail | agency: 7 | ip: peer | dialect: ")));
		}
	}

	@Test
	void whoWaitsInVainIsNamedAndToldWhoIsMissing() throws IOException {
		try (RunningCentral central = RunningCentral.start(this.store, "--central.agencies=6-9",
				"--central.draw.timeout=300ms");
				Peer peer = new Peer(central.port("lines"));
				Peer sending = new Peer(central.port("lines"))) {
			sending.send("S:1\n8;" + BET + "\n");
			sending.receiveLines(2);
			peer.send("H:1\n7\nF:1\nFINISHED\n");
			assertThat(peer.receiveLines(4)).isEqualTo("H:0\nOPEN\nR:1\nFAIL\n");
			eventually(() -> assertThat(lines("consulta_ganadores"))
				.containsExactly("result: fail | agency: 7 | ip: peer | dialect: lines | reason: draw_timeout: "
						+ "1 of 4 agencies finished within central.draw.timeout=0s; "
						+ "finished: 7; sent without finishing: 8; missing: 6, 9"));
			assertThat(central.health()).contains("\"agenciesFinished\":1", "\"agenciesExpected\":4",
					"\"finished\":{\"agencies\":[7],\"total\":1}",
					"\"sentWithoutFinishing\":{\"agencies\":[8],\"total\":1}",
					"\"missing\":{\"agencies\":[6,9],\"total\":2}");
		}
	}

	@Test
	void anUnnamedAgencyIsCalledSo() throws IOException {
		try (RunningCentral central = RunningCentral.start(this.store, "--central.agencies=1",
				"--spring.main.web-application-type=none"); Peer peer = new Peer(central.port("lines"))) {
			peer.send("F:1\nFINISHED\n");
			assertThat(peer.receiveLines(2)).isEqualTo("W:0\nN\n");
			assertThat(lines("agencia_finalizada"))
				.containsExactly("result: success | agency: unnamed | ip: peer | dialect: lines");
		}
	}

	/**
	 * Agency 7 in each dialect. Lengths are those of answers.
	 */
	enum Speech {

		lines("S:1\n7;" + BET + "\n", 7, "S:1\n7;Ana;;5;2000-02-29;7574\n", 9, "F:1\nFINISHED\n", ""),

		csv("7,Ana,Sol,5,2000-02-29,7574\n", 2, "7,Ana,,5,2000-02-29,7574\n", 2, "DONE:7", ""),

		packets("\0\u0024StoreBet:7;" + BET, 17, "\0\u0021StoreBet:7;Ana;;5;2000-02-29;7574", 17, "\0\15AgencyClose:7",
				"\0\u0010WinnersRequest:7"),

		tlv("\u0001\0\0\0\u001c7#" + BET.replace(';', '#') + "#", 5, "\u0001\0\0\0\u00197#Ana##5#2000-02-29#7574#", 5,
				"\u0005\0\0\0\u00027#", "\u0006\0\0\0\u00027#"),

		fixed("\0\u004f\0\u0007" + record("Sol"), 9, record(""), 9, "END_MESSAGE" + "\0".repeat(68), "");

		final String bet;

		final int stored;

		final String badBet;

		final int refused;

		final String finish;

		final String ask;

		Speech(String bet, int stored, String badBet, int refused, String finish, String ask) {
			this.bet = bet;
			this.stored = stored;
			this.badBet = badBet;
			this.refused = refused;
			this.finish = finish;
			this.ask = ask;
		}

		private static String record(String lastName) {
			return "\u0007Ana" + "\0".repeat(27) + lastName + "\0".repeat(30 - lastName.length())
					+ "\0\0\0\u00052000-02-29\0\0\u001d\u0096";
		}

		private String greeting() {
			return (this == fixed) ? "\0\u004f\0\u0007" : "";
		}

	}

}
