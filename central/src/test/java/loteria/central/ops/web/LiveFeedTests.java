package loteria.central.ops.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import loteria.central.RunningCentral;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The events of the page, as they come over the wire.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class LiveFeedTests {

	private RunningCentral central;

	@BeforeAll
	void start(@TempDir Path store) {
		this.central = RunningCentral.start(store, "--central.agencies=2", "--central.page.viewers=2");
	}

	@AfterAll
	void stop() {
		this.central.close();
	}

	@Test
	@Order(1)
	void givesAllViewersTheSameAtMostOnceASecondAndOnlyWhatChanged() throws IOException {
		try (Listener first = new Listener();
				Listener second = new Listener();
				Socket agency = new Socket("127.0.0.1", this.central.port("lines"))) {
			String all = first.next();
			assertThat(all).startsWith("event: all\ndata: {\"snapshot\":{\"at\":");
			assertThat(second.next()).startsWith("event: all\n");
			long begun = System.nanoTime();
			List<String> changes = new ArrayList<>();
			agency.getOutputStream().write("S:1\n1;Ana;Paz;30904465;1999-03-17;1\n".getBytes(StandardCharsets.UTF_8));
			for (int i = 0; i < 5; i++) {
				changes.add(first.next());
				assertThat(second.next()).isEqualTo(changes.getLast());
			}
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(3900));
			assertThat(changes).allMatch((change) -> change.startsWith("event: change\n"))
				.anyMatch((change) -> change.contains("\"rows\":[{\"agency\":1,\"state\":\"sending\",\"bets\":1,"));
			assertThat(changes.getLast()).as("nothing new").contains("\"rows\":[]");
		}
	}

	@Test
	@Order(2)
	void hasRoomForSoManyViewersAndForOthersWhenOneHasGone(CapturedOutput output) throws IOException {
		try (Listener first = new Listener()) {
			first.next();
			try (Listener second = new Listener()) {
				second.next();
				try (Listener third = new Listener()) {
					assertThat(third.next()).isEqualTo("event: full\ndata: 2\n");
				}
			}
			Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
				try (Listener next = new Listener()) {
					assertThat(next.next()).startsWith("event: all");
				}
			});
		}
		assertThat(output).as("who goes is no fault").doesNotContain("WARN", "Exception");
	}

	@Test
	@Order(3)
	void letsViewersGoWhenTheCentralStops() throws IOException {
		try (Listener viewer = new Listener()) {
			viewer.next();
			long begun = System.nanoTime();
			this.central.stop();
			viewer.end();
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
		}
	}

	/** A viewer without a browser. */
	private final class Listener implements AutoCloseable {

		private static final int LIMIT_MILLIS = 60_000;

		private final Socket socket;

		private final BufferedReader in;

		Listener() throws IOException {
			this.socket = new Socket("127.0.0.1", LiveFeedTests.this.central.httpPort());
			this.socket.setSoTimeout(LIMIT_MILLIS);
			Writer out = new OutputStreamWriter(this.socket.getOutputStream(), StandardCharsets.US_ASCII);
			out.write("GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n");
			out.flush();
			this.in = new BufferedReader(new InputStreamReader(this.socket.getInputStream(), StandardCharsets.UTF_8));
		}

		/** The next event; what frames it, and how to try again, is passed over. */
		String next() throws IOException {
			StringBuilder event = new StringBuilder();
			for (String line = this.in.readLine(); line != null; line = this.in.readLine()) {
				if (line.startsWith("event: ") || line.startsWith("data: ")) {
					event.append(line).append('\n');
				}
				else if (line.isEmpty() && event.indexOf("data: ") > 0) {
					return event.toString();
				}
			}
			throw new IOException("the central has closed");
		}

		/** Reads on until the central says that there is no more. */
		void end() throws IOException {
			for (String line = this.in.readLine(); line != null && !line.equals("0");) {
				line = this.in.readLine();
			}
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

}
