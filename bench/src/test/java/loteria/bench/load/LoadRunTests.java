package loteria.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import loteria.protocol.Dialect;
import loteria.protocol.Dialects;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import loteria.protocol.ServerCodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

@Timeout(180)
class LoadRunTests {

	private static final Duration LONG = Duration.ofMinutes(2);

	private static final Dialect LINES = Dialects.named("lines").orElseThrow();

	@TempDir
	private Path directory;

	@BeforeEach
	void writeBets() throws IOException {
		for (int agency = 1; agency <= 2; agency++) {
			StringBuilder rows = new StringBuilder();
			for (int i = 0; i < 37; i++) {
				rows.append("José,Núñez," + (30_000_000 + i) + ",1999-03-17," + (i * 91) + "\n");
			}
			Files.writeString(this.directory.resolve("agency-" + agency + ".csv"), rows);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "lines", "fixed", "csv", "packets", "tlv" })
	void everyBetIsSentOnceAndEveryAnswerCounted(String name) throws IOException {
		Dialect dialect = Dialects.named(name).orElseThrow();
		Shape shape = new Shape(3, 7, 4, 7_000, LONG, 0);
		try (Peer peer = new Peer(dialect, LoadRunTests::stored)) {
			Outcome outcome = LoadRun.of(peer.address(), traffic(dialect, shape), shape);
			assertThat(outcome.bets()).isEqualTo(7_000);
			assertThat(peer.bets()).isEqualTo(7_000);
			assertThat(outcome.nanos().getTotalCount()).isEqualTo(1_000);
			assertThat(outcome.seconds()).isPositive();
		}
	}

	@Test
	void messagesBeginAgainWhereTheirRoomEnds() throws IOException {
		Shape shape = new Shape(1, 10, 3, 200, LONG, 0);
		Messages messages = new DialectWire(LINES).messages(0, new Bets(this.directory), 10, 1_000, 1_500);
		assertThat(messages.count()).isBetween(2, 4);
		try (Peer peer = new Peer(LINES, LoadRunTests::stored)) {
			Traffic traffic = new Traffic(new DialectWire(LINES), List.of(messages));
			assertThat(LoadRun.of(peer.address(), traffic, shape).bets()).isEqualTo(200);
			assertThat(peer.bets()).isEqualTo(200);
		}
	}

	@Test
	void refusedBatchEndsTheLoad() throws IOException {
		Shape shape = new Shape(1, 10, 1, 100, LONG, 0);
		try (Peer peer = new Peer(LINES, (request, codec) -> "R:1\nFAIL\n".getBytes(StandardCharsets.UTF_8))) {
			Traffic traffic = traffic(LINES, shape);
			assertThatIOException().isThrownBy(() -> LoadRun.of(peer.address(), traffic, shape))
				.withMessage("answered \"R:1.FAIL.\" where \"R:1.OK.\" belongs");
		}
	}

	@Test
	void answerToNothingEndsTheLoad() throws IOException {
		Shape shape = new Shape(1, 10, 1, 100, LONG, 0);
		try (Peer peer = new Peer(LINES, (request, codec) -> "R:1\nOK\nR:1\nOK\n".getBytes(StandardCharsets.UTF_8))) {
			Traffic traffic = traffic(LINES, shape);
			assertThatIOException().isThrownBy(() -> LoadRun.of(peer.address(), traffic, shape))
				.withMessageContaining("2 answers to 1 messages");
		}
	}

	@Test
	void nothingIsSentAfterTheLimit() throws IOException {
		Shape shape = new Shape(1, 1, 1, Long.MAX_VALUE, Duration.ofSeconds(1), 0);
		try (Peer peer = new Peer(LINES, LoadRunTests::stored)) {
			Outcome outcome = LoadRun.of(peer.address(), traffic(LINES, new Shape(1, 1, 1, 100, LONG, 0)), shape);
			assertThat(outcome.bets()).isPositive().isEqualTo(peer.bets());
		}
	}

	/**
	 * Without a look at when batches were due, the one pause would be one slow answer in
	 * 400.
	 */
	@Test
	void pauseOfThePeerCountsForAllThatWasDueMeanwhile() throws IOException {
		Shape shape = new Shape(1, 1, 1, 400, LONG, 200);
		AtomicInteger batches = new AtomicInteger();
		try (Peer peer = new Peer(LINES, (request, codec) -> {
			if (batches.incrementAndGet() == 100) {
				LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
			}
			return stored(request, codec);
		})) {
			Outcome outcome = LoadRun.of(peer.address(), traffic(LINES, shape), shape);
			assertThat(outcome.bets()).isEqualTo(400);
			assertThat(outcome.seconds()).isGreaterThan(1.9);
			assertThat(outcome.nanos().getCountBetweenValues(500_000_000, outcome.nanos().getMaxValue()))
				.isGreaterThan(90);
		}
	}

	private Traffic traffic(Dialect dialect, Shape shape) throws IOException {
		return Traffic.of(new DialectWire(dialect), new Bets(this.directory), shape);
	}

	private static byte[] stored(Request.StoreBets request, ServerCodec codec) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		codec.encode(request, new Reply.Stored(request.rows().count()), out);
		return out.toByteArray();
	}

}
