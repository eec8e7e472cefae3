package loteria.central.tcp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
import org.junit.jupiter.api.Test;
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

	@ParameterizedTest
	@CsvSource({ "lines", "fixed", "csv", "packets", "tlv" })
	void batchesThatAreStoredPayForThemselvesAndTheConnection(String dialect) throws IOException {
		assertThat(answer(dialect, new Reply.Stored(1)).account().isPaid()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "lines", "fixed", "csv", "packets", "tlv" })
	void batchesThatAreRefusedDoNot(String dialect) throws IOException {
		Reply refused = new Reply.Refused(new Refusal(Reason.AGENCY_CLOSED, "made by a test"));
		assertThat(answer(dialect, refused).account().isPaid()).isFalse();
	}

	/**
	 * What a batch saves is measured by the clock: where the machine is busy it may be
	 * enough for what comes beside it. So one of several that owes something is enough.
	 */
	@Test
	void aBatchThatIsStoredDoesNotPayForWhatIsRefusedBesideIt() throws IOException {
		boolean paid = true;
		for (int i = 0; i < 50 && paid; i++) {
			paid = paysForWhatIsRefusedBesideIt();
		}
		assertThat(paid).isFalse();
	}

	private boolean paysForWhatIsRefusedBesideIt() throws IOException {
		OpenConnections all = new OpenConnections(new Capacity(LIMITS, 1024 * 1024, 1, List.of()));
		String good = "S:1\n1;" + BET + "\n";
		String bad = "S:9\n" + "~".repeat(500_000) + "\n";
		try (Socket socket = new Socket()) {
			Session session = session("lines", socket, all);
			InputStream in = new ByteArrayInputStream(ascii(good + bad));
			for (Request request = session.deserialize(in)
				.first(); request instanceof Request.StoreBets; request = session.deserialize(in).first()) {
				session.serialize(List.of(new Reply.Stored(1)), this.out);
			}
			session.serialize(List.of(new Reply.Refused(new Refusal(Reason.INVALID_BET, "made by a test"))), this.out);
			return session.account().isPaid();
		}
	}

	private Session session(String name, Socket socket, OpenConnections all) {
		Dialect dialect = Dialects.named(name).orElseThrow();
		return new Session(socket, dialect.server(new BetRules(Clock.systemUTC()), Dialect.Limits.DEFAULT), all,
				Speaker.OF_ANYBODY, false,
				new ConnectionLog("peer", new ListenerMeters(name, new SimpleMeterRegistry()), new LogRate(0),
						new Presence((_) -> true, Clock.systemUTC()).visit("peer",
								Dialects.named("lines").orElseThrow())));
	}

	private Session answer(String name, Reply reply) throws IOException {
		try (Socket socket = new Socket()) {
			Session session = session(name, socket,
					new OpenConnections(new Capacity(LIMITS, 1024 * 1024, 1, List.of())));
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
