package loteria.central.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import loteria.central.RunningCentral;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One central for all: what is refused to one costs the next nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpTests {

	private static final int PER_ADDRESS = 6;

	private static final int MOST = 10;

	private RunningCentral central;

	private final List<Socket> sockets = new ArrayList<>();

	@BeforeAll
	void start(@TempDir Path directory) {
		this.central = RunningCentral.start(directory, "--central.http.request=2s", "--management.server.port=0",
				"--central.http.per-address=" + PER_ADDRESS, "--server.tomcat.max-connections=" + MOST);
	}

	@AfterEach
	void close() throws IOException {
		for (Socket socket : this.sockets) {
			socket.close();
		}
		this.sockets.clear();
	}

	@AfterAll
	void stop() {
		this.central.close();
	}

	private Socket connect(int port, String from) throws IOException {
		Socket socket = new Socket();
		socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
		socket.connect(new InetSocketAddress("127.0.0.1", port));
		socket.setSoTimeout(60_000);
		this.sockets.add(socket);
		return socket;
	}

	private static void send(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	private static String receive(Socket socket) throws IOException {
		try (InputStream in = socket.getInputStream()) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private String ask(int port, String method, String path) throws IOException {
		return ask(port, method, path, "x");
	}

	private String ask(int port, String method, String path, String host) throws IOException {
		Socket socket = connect(port, "127.0.0.1");
		send(socket, method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
		return receive(socket);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/health", "/actuator/info", "/actuator/prometheus", "/actuator", "/nothing" })
	void everyAnswerTellsBrowsersToTrustNothingElse(String path) throws IOException {
		for (int port : List.of(this.central.managementPort(), this.central.httpPort())) {
			assertThat(ask(port, "GET", path)).contains(
					"Content-Security-Policy: default-src 'none'; script-src 'self';", "frame-ancestors 'none'",
					"X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer", "X-Frame-Options: DENY");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW" })
	void nothingCanBeChanged(String method) throws IOException {
		for (int port : List.of(this.central.managementPort(), this.central.httpPort())) {
			assertThat(ask(port, method, "/actuator/health")).startsWith("HTTP/1.1 405 ").contains("Allow: GET, HEAD");
		}
	}

	@Test
	void endpointsThatTellMoreAreNotThere() throws IOException {
		for (String name : List.of("env", "beans", "heapdump", "loggers", "shutdown", "threaddump", "configprops",
				"mappings", "metrics", "scheduledtasks")) {
			assertThat(ask(this.central.managementPort(), "GET", "/actuator/" + name)).startsWith("HTTP/1.1 404 ");
		}
	}

	@Test
	void managementHasItsOwnPort() throws IOException {
		assertThat(ask(this.central.httpPort(), "GET", "/actuator/health")).startsWith("HTTP/1.1 404 ");
		assertThat(ask(this.central.managementPort(), "GET", "/actuator/health")).startsWith("HTTP/1.1 200 ")
			.contains("\"agenciesExpected\":5");
	}

	@Test
	void aForeignNameIsToldTheStatusOfTheHealthAlone() throws IOException {
		for (String path : List.of("/actuator/draw", "/actuator/prometheus", "/actuator", "/actuator/info")) {
			assertThat(ask(this.central.managementPort(), "GET", path, "evil.example:8080")).startsWith("HTTP/1.1 421 ")
				.contains("CENTRAL_HTTP_HOSTS=evil.example");
		}
		assertThat(ask(this.central.httpPort(), "GET", "/", "evil.example")).startsWith("HTTP/1.1 421 ");
		assertThat(ask(this.central.managementPort(), "GET", "/actuator/health", "evil.example"))
			.startsWith("HTTP/1.1 200 ")
			.contains("\"status\":\"UP\"")
			.doesNotContain("agenciesExpected");
	}

	@Test
	void leavesWhereItsReadinessIsForTheChecksOfContainers(@TempDir Path temporary) throws Exception {
		String name = "central-" + ProcessHandle.current().pid() + ".http";
		Path left = Path.of(System.getProperty("java.io.tmpdir"), name);
		assertThat(left).hasContent("127.0.0.1 " + this.central.managementPort() + " /actuator/health/readiness");
		Path copy = Files.copy(left, temporary.resolve(name));
		Files.writeString(temporary.resolve("central-0.http"), "127.0.0.1 1 /left/behind\n");
		assertThat(check(temporary)).isZero();
		Files.writeString(copy, "127.0.0.1 " + this.central.managementPort() + " /nothing\n");
		assertThat(check(temporary)).isOne();
	}

	private static int check(Path temporary) throws Exception {
		ProcessBuilder check = new ProcessBuilder("bash", "../docker/central/healthcheck.sh");
		// Java has its temporary files elsewhere, whatever this says
		check.environment().put("TMPDIR", "/nowhere");
		check.environment().put("JAVA_TOOL_OPTIONS", "-Xmx1g -Djava.io.tmpdir=" + temporary);
		return check.inheritIO().start().waitFor();
	}

	@Test
	void nobodyWaitsForABody() throws IOException {
		Socket socket = connect(this.central.managementPort(), "127.0.0.1");
		send(socket, "GET /actuator/info HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
		assertThat(receive(socket)).startsWith("HTTP/1.1 413 ");
	}

	@Test
	void aRequestThatDoesNotEndIsCutOff() throws IOException {
		Socket socket = connect(this.central.managementPort(), "127.0.0.1");
		send(socket, "GET /actuator/health HTTP/1.1\r\nX: ");
		Awaitility.await().pollInterval(Duration.ofMillis(200)).atMost(Duration.ofSeconds(15)).until(() -> {
			try {
				send(socket, "x");
				return false;
			}
			catch (IOException ex) {
				return true;
			}
		});
	}

	@Test
	void oneAddressLeavesRoomForOthers() throws IOException {
		int port = this.central.managementPort();
		for (int i = 0; i < PER_ADDRESS; i++) {
			connect(port, "127.0.0.2");
		}
		Socket tooMany = connect(port, "127.0.0.2");
		assertThat(tooMany.getInputStream().read()).isEqualTo(-1);
		assertThat(ask(port, "GET", "/actuator/health")).startsWith("HTTP/1.1 200 ");
	}

	@Test
	void floodsAreServedByFewThreadsOfTheSystem() throws IOException {
		for (int i = 0; i < MOST - 2; i++) {
			Socket socket = connect(this.central.managementPort(), "127.0.2." + i);
			send(socket, "GET /actuator/prometheus HTTP/1.1\r\nHost: x\r\n\r\n".repeat(20));
			assertThat(socket.getInputStream().read()).isEqualTo('H');
		}
		assertThat(Thread.getAllStackTraces().keySet().stream().filter((thread) -> thread.getName().contains("-exec-")))
			.hasSizeBetween(1, 4 * 2);
	}

	@Test
	void anAddressThatAsksTooOftenIsCutOff() throws IOException {
		Socket socket = connect(this.central.managementPort(), "127.0.3.1");
		StringBuilder answers = new StringBuilder();
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
			try (Socket next = connect(this.central.managementPort(), "127.0.3.1")) {
				send(next, "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n".repeat(90));
				next.shutdownOutput();
				answers.append(receive(next));
			}
			catch (IOException ex) {
				// closed at once: it connects too often, too
			}
			return answers.indexOf("HTTP/1.1 429 ") >= 0;
		});
		assertThat(ask(this.central.managementPort(), "GET", "/actuator/health")).startsWith("HTTP/1.1 200 ");
		socket.close();
	}

	@Test
	void answersThatAreNotTakenMakeRoom() throws IOException {
		for (int i = 0; i < MOST - 2; i++) {
			Socket socket = new Socket();
			socket.setReceiveBufferSize(1024);
			socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.4." + i), 0));
			socket.connect(new InetSocketAddress("127.0.0.1", this.central.managementPort()));
			this.sockets.add(socket);
			send(socket, "GET /actuator/prometheus HTTP/1.1\r\nHost: x\r\n\r\n".repeat(90));
		}
		assertThat(ask(this.central.managementPort(), "GET", "/actuator/health")).startsWith("HTTP/1.1 200 ");
	}

	@Test
	void idleConnectionsMakeRoom() throws IOException {
		int port = this.central.managementPort();
		for (int i = 0; i < 4 * MOST; i++) {
			connect(port, "127.0.1." + i);
		}
		assertThat(ask(port, "GET", "/actuator/health")).startsWith("HTTP/1.1 200 ");
	}

}
