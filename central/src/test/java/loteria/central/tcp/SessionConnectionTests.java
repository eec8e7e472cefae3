package loteria.central.tcp;

import loteria.protocol.Dialects;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import loteria.bet.BetRules;
import loteria.central.settings.Connections;
import loteria.protocol.Dialect;
import loteria.protocol.Reply;
import loteria.protocol.lines.Lines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class SessionConnectionTests {

	private static final Connections LIMITS = SomeLimits.of(1, Duration.ofSeconds(9), DataSize.ofMegabytes(1), "1MB");

	private static final String BATCHES = "S:1\n1;A;B;1;2000-01-01;1\n".repeat(2);

	private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

	/** Each line with what had been sent by then. */
	private final List<String> told = new ArrayList<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(ConnectionLog.class.getPackageName());

	private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

		@Override
		protected void append(ILoggingEvent event) {
			String line = event.getFormattedMessage();
			SessionConnectionTests.this.told.add(line.substring(0, line.indexOf(" | ")) + " after "
					+ SessionConnectionTests.this.sent.toString(StandardCharsets.UTF_8));
		}

	};

	@BeforeEach
	void listen() {
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	@AfterEach
	void listenNoMore() {
		this.logger.detachAppender(this.appender);
	}

	private void answerTwoBatches(OutputStream out) throws IOException {
		ConnectionLog log = new ConnectionLog("peer", new ListenerMeters("lines", new SimpleMeterRegistry()),
				new LogRate(0),
				new Presence((_) -> true, Clock.systemUTC()).visit("peer", Dialects.named("lines").orElseThrow()));
		try (Socket socket = new Socket()) {
			Session session = new Session(socket,
					new Lines().server(new BetRules(Clock.systemUTC()), Dialect.Limits.DEFAULT),
					new OpenConnections(new Capacity(LIMITS, 1024 * 1024, 1, List.of())), Speaker.OF_ANYBODY, false,
					log);
			session.deserialize(new ByteArrayInputStream(BATCHES.getBytes(StandardCharsets.US_ASCII)));
			SessionConnection connection = new SessionConnection(socket,
					new PlainWire(InputStream.nullInputStream(), out), session,
					new OpenConnections(new Capacity(LIMITS, 1024 * 1024, 1, List.of())), log, null, null);
			connection.send(new GenericMessage<>(List.of(new Reply.Stored(1), new Reply.Stored(1))));
		}
	}

	@Test
	void answersLeaveBeforeTheLogIsToldOfThem() throws IOException {
		answerTwoBatches(this.sent);
		String both = "R:1\nOK\nR:1\nOK\n";
		assertThat(this.told).containsExactly("action: apuesta_recibida after " + both,
				"action: apuesta_almacenada after " + both, "action: apuesta_recibida after " + both,
				"action: apuesta_almacenada after " + both);
	}

	@Test
	void theLogIsToldOfWhatWasStoredThoughThePeerIsGone() throws IOException {
		answerTwoBatches(new OutputStream() {

			@Override
			public void write(int b) throws IOException {
				throw new IOException("gone");
			}

		});
		assertThat(this.told).filteredOn((line) -> line.startsWith("action: apuesta_recibida")).hasSize(2);
		assertThat(this.told).filteredOn((line) -> line.startsWith("action: send_message")).hasSize(1);
	}

}
