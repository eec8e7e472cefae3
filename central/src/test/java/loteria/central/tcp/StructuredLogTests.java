package loteria.central.tcp;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import loteria.central.RunningCentral;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A log for machines: an object a line, with the fields that people would search for.
 */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class StructuredLogTests {

	@TempDir
	Path store;

	/** Where logging keeps it, for all that starts later in this process. */
	@AfterEach
	void forgetTheFormat() {
		System.clearProperty("CONSOLE_LOG_STRUCTURED_FORMAT");
	}

	@Test
	void everyLineOfAConnectionHasTheSameIdAndTheFieldsOfTheCoursesLine(CapturedOutput output) throws IOException {
		String first;
		String second;
		try (RunningCentral central = RunningCentral.start(this.store, "--central.agencies=1-1",
				"--logging.structured.format.console=ecs", "--logging.level.loteria=DEBUG",
				"--spring.main.web-application-type=none")) {
			first = talk(central, "S:1\n1;Ana;Paz;11;1990-01-01;\nS:1\n1;Ana;Paz;12;1990-01-01;7574\n", 4);
			second = talk(central, "H:1\n1\nF:1\nFINISHED\n", 4);
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(actions(linesOf(output, second))).contains("close_connection"));
		}
		List<JsonNode> refused = linesOf(output, first);
		List<JsonNode> drawn = linesOf(output, second);
		assertThat(actions(refused)).contains("accept_connections", "apuesta_recibida", "close_connection");
		assertThat(actions(drawn)).contains("accept_connections", "saludo", "agencia_finalizada", "sorteo");
		assertThat(ids(refused)).hasSize(1).doesNotContainAnyElementsOf(ids(drawn));
		assertThat(ids(drawn)).hasSize(1);

		assertThat(refused).anySatisfy((line) -> {
			assertThat(line.path("event").path("action").asString()).isEqualTo("apuesta_recibida");
			assertThat(line.path("event").path("outcome").asString()).isEqualTo("success");
			assertThat(line.path("source").path("address").asString()).isEqualTo(first);
			assertThat(line.path("lottery").path("result").asString()).isEqualTo("success");
			assertThat(line.path("lottery").path("agency").asInt()).isEqualTo(1);
			assertThat(line.path("lottery").path("dialect").asString()).isEqualTo("lines");
			assertThat(line.path("labels").path("cantidad").asString()).isEqualTo("1");
			assertThat(line.path("message").asString()).startsWith("action: apuesta_recibida | result: success | ");
			assertThat(line.path("log").path("level").asString()).isEqualTo("INFO");
			assertThat(line.path("service").path("name").asString()).isEqualTo("central");
			assertThat(line.path("ecs").path("version").asString()).isNotBlank();
		});
		assertThat(refused).anySatisfy((line) -> {
			assertThat(line.path("event").path("outcome").asString()).isEqualTo("failure");
			assertThat(line.path("labels").path("reason").asString()).startsWith("invalid_bet: ");
		});
	}

	/** Returns who it was to the central. */
	private static String talk(RunningCentral central, String bytes, int lines) throws IOException {
		try (Peer peer = new Peer(central.port("lines"))) {
			peer.send(bytes);
			peer.receiveLines(lines);
			return peer.address();
		}
	}

	/** The lines of the connection of a peer. */
	private static List<JsonNode> linesOf(CapturedOutput output, String peer) {
		return output.getOut()
			.lines()
			.filter((line) -> line.contains("\"@timestamp\""))
			.map(JsonMapper.shared()::readTree)
			.filter((line) -> line.path("source").path("address").asString("").equals(peer))
			.toList();
	}

	private static List<String> actions(List<JsonNode> lines) {
		return lines.stream().map((line) -> line.path("event").path("action").asString("")).toList();
	}

	private static List<String> ids(List<JsonNode> lines) {
		return lines.stream()
			.map((line) -> line.path("lottery").path("connection").asString("none"))
			.distinct()
			.toList();
	}

	@Test
	void theCoursesLinesAreAsTheyWere(CapturedOutput output) throws IOException {
		try (RunningCentral central = RunningCentral.start(this.store, "--central.agencies=1",
				"--spring.main.web-application-type=none")) {
			talk(central, "S:1\n1;Ana;Paz;11;1990-01-01;7574\n", 2);
		}
		assertThat(output.getOut().lines()).anySatisfy((line) -> assertThat(line).matches(
				"[-0-9]{10} [0-9:]{8} INFO +action: apuesta_recibida \\| result: success \\| cantidad: 1 \\| agency: 1 \\| ip: [0-9.]+:[0-9]+ \\| dialect: lines"));
	}

}
