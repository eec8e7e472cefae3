package loteria.central.tcp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import loteria.bet.BetRules;
import loteria.central.settings.Connections;
import loteria.protocol.Dialect;
import loteria.protocol.Dialects;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class SessionTests {

	private static final Connections LIMITS = SomeLimits.of(1, Duration.ofSeconds(9), DataSize.ofMegabytes(1), "1MB");

	private static final String BET = "A;B;1;2000-01-01;1";

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	@ParameterizedTest
	@CsvSource({ "lines, IN_DOUBT", "fixed, IN_DOUBT", "csv, IN_DOUBT", "packets, IN_DOUBT", "tlv, IN_DOUBT",
			"lines, FAULT", "fixed, FAULT", "csv, FAULT", "packets, FAULT", "tlv, FAULT" })
	void closesWithoutAnAnswerWhereNobodyKnowsWhatBecameOfABatch(String dialect, Reason reason) throws IOException {
		Session session = answer(dialect, new Reply.Refused(new Refusal(reason, "made by a test")));
		assertThat(this.out.toByteArray()).isEmpty();
		assertThat(session.isOver()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "lines", "fixed", "csv", "packets", "tlv" })
	void refusesAndClosesWhereTheStoreFailedBeforeABatch(String dialect) throws IOException {
		Session session = answer(dialect, new Reply.Refused(new Refusal(Reason.STORE_FAILED, "made by a test")));
		assertThat(this.out.toByteArray()).isNotEmpty();
		assertThat(session.isOver()).isTrue();
	}

	private Session answer(String name, Reply reply) throws IOException {
		Dialect dialect = Dialects.named(name).orElseThrow();
		ListenerLog log = new ListenerLog("peer", new ListenerMeters(name, new SimpleMeterRegistry()), new LogRate());
		try (Socket socket = new Socket()) {
			Session session = new Session(socket,
					dialect.server(new BetRules(Clock.systemUTC()), Dialect.Limits.DEFAULT),
					new OpenConnections(new Capacity(LIMITS, 1024 * 1024, 1, List.of())), Speaker.OF_ANYBODY, false,
					log);
			Burst burst = session.deserialize(new ByteArrayInputStream(batch(name)));
			assertThat(burst.first()).isInstanceOf(Request.StoreBets.class);
			session.serialize(List.of(reply), this.out);
			return session;
		}
	}

	private static byte[] batch(String dialect) {
		return switch (dialect) {
			case "lines" -> ascii("S:1\n1;" + BET + "\n");
			case "csv" -> ascii("1," + BET.replace(';', ',') + "\n");
			case "packets" -> ascii("\0\37StoreBatch:1:" + BET);
			case "tlv" -> ascii("\1\0\0\0\25" + "1#" + BET.replace(';', '#') + "#");
			default -> HexFormat.of()
				.parseHex("004f0001" + "01" + "41" + "00".repeat(29) + "42" + "00".repeat(29) + "00000001"
						+ HexFormat.of().formatHex(ascii("2000-01-01")) + "00000001");
		};
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
