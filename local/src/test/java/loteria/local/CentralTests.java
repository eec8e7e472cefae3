package loteria.local;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class CentralTests {

	@TempDir
	private Path directory;

	@Test
	void tellsHowFarTheDrawIs() throws Exception {
		assertThat(draw(200,
				"""
						{"state": "collecting", "bets": 120, "betsPerSecond": null, "rows": [
						  {"agency": 1, "state": "sending", "bets": 120, "betsPerSecond": 21.5, "winners": null},
						  {"agency": 7, "state": "missing", "bets": 0, "betsPerSecond": null, "winners": null}],
						 "result": {"instant": "2026-12-01T09:46:24.392Z", "bets": 120}, "events": [{"agency": 7, "kind": "came"}]}"""))
			.isEqualTo(new Central.Draw(List.of(new Central.Row(1, 120, 21.5), new Central.Row(7, 0, null)),
					new Central.Result(Instant.parse("2026-12-01T09:46:24.392Z"))));
	}

	@Test
	void knowsNothingWhereItGetsNoAnswer() throws Exception {
		assertThat(draw(503, "{}").rows()).isEmpty();
		assertThat(draw(200, "{\"rows\": [").rows()).isEmpty();
	}

	private Central.Draw draw(int status, String json) throws Exception {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/actuator/draw", (exchange) -> {
			byte[] answer = json.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(status, answer.length);
			exchange.getResponseBody().write(answer);
			exchange.close();
		});
		server.start();
		try {
			String port = String.valueOf(server.getAddress().getPort());
			Process process = new ProcessBuilder("true").start();
			return new Central(Ports.of(Map.of("SERVER_PORT", port), 1),
					new Programs(this.directory, false, Map.of(), this.directory), this.directory, process)
				.draw();
		}
		finally {
			server.stop(0);
		}
	}

}
