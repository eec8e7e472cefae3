package loteria.agency.tcp;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;

import loteria.agency.ending.StopSwitch;
import loteria.agency.scripted.ScriptedCentral;
import loteria.agency.settings.ServerAddress;
import loteria.protocol.ClientRequest;
import loteria.protocol.Dialects;
import loteria.protocol.ProtocolException;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

@Timeout(120)
class ConnectionTests {

	private static final Duration SHORT = Duration.ofMillis(100);

	/** In MiB. */
	private static final int MORE_THAN_SYSTEMS_BUFFER = 64;

	private static final ClientRequest GREETING = new Request.Greeting(1);

	private static final Silence QUIET = silence(Duration.ofHours(1), () -> {
	});

	private static Silence silence(Duration next, Runnable passed) {
		return new Silence() {

			@Override
			public Duration next() {
				return next;
			}

			@Override
			public void passed() {
				passed.run();
			}

		};
	}

	@Test
	void tellsThatNothingComesWhileItWaitsForTheDraw() throws Exception {
		ClientRequest finished = new Request.AwaitWinners(OptionalInt.of(1));
		CountDownLatch told = new CountDownLatch(3);
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect("F:1\nFINISHED\n").send("W:").await(told).send("0\nN\n"));
				Connection connection = connect(central)) {
			connection.send(finished);
			assertThat(connection.receive(finished, silence(Duration.ofMillis(1), told::countDown)))
				.isInstanceOf(Reply.Winners.class);
		}
	}

	@Test
	void aReplyThatDoesNotComeInTimeIsLost() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect("H:1\n1\n").expectEnd());
				Connection connection = connect(central)) {
			connection.send(GREETING);
			assertThatExceptionOfType(SocketTimeoutException.class)
				.isThrownBy(() -> connection.receive(GREETING, SHORT, QUIET));
		}
	}

	@Test
	void aReplyThatComesTooSlowlyIsLostAsWell() throws Exception {
		ScriptedCentral central = ScriptedCentral.with((peer) -> {
			peer.expect("H:1\n1\n");
			for (int i = 0; i < 4; i++) {
				peer.send("1");
				assertThat(peer.staysSilent()).isTrue();
			}
		});
		try (Connection connection = connect(central)) {
			connection.send(GREETING);
			assertThatExceptionOfType(SocketTimeoutException.class)
				.isThrownBy(() -> connection.receive(GREETING, SHORT, QUIET));
			central.close();
		}
	}

	@Test
	void waitsNoLongerThanPatienceLasts() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect("H:1\n1\n").expectEnd());
				Connection connection = connect(central, new Patience(Duration.ofMillis(900), new StopSwitch()))) {
			connection.send(GREETING);
			assertThatExceptionOfType(SocketTimeoutException.class)
				.isThrownBy(() -> connection.receive(GREETING, Central.REPLY_LIMIT, QUIET))
				.withMessageMatching("no reply within [0-9]{3} ms");
		}
	}

	@Test
	void waitsForTheDrawHoweverShortPatienceIs() throws Exception {
		ClientRequest finished = new Request.AwaitWinners(OptionalInt.of(1));
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> {
			peer.expect("F:1\nFINISHED\n");
			assertThat(peer.staysSilent()).isTrue();
			peer.send("W:0\nN\n");
		}); Connection connection = connect(central, new Patience(Duration.ofMillis(1), new StopSwitch()))) {
			connection.send(finished);
			assertThat(connection.receive(finished, QUIET)).isInstanceOf(Reply.Winners.class);
		}
	}

	@Test
	void saysHowMuchOfAReplyWasThereAtTheEnd() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect("H:1\n1\n").send("H:1"));
				Connection connection = connect(central)) {
			connection.send(GREETING);
			assertThatExceptionOfType(EOFException.class).isThrownBy(() -> connection.receive(GREETING, QUIET))
				.withMessage("the central closed the connection with 3 bytes of an unfinished reply");
		}
	}

	@Test
	void hasTheNextReplyIfBothCameTogether() throws Exception {
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect("H:1\n1\nH:1\n1\n").send("H:1\nOPEN\nH:2\nCLOSED\n"));
				Connection connection = connect(central)) {
			connection.send(GREETING);
			connection.send(GREETING);
			assertThat(connection.receive(GREETING, Central.REPLY_LIMIT, QUIET)).isEqualTo(new Reply.Greeted(1, false));
			assertThat(connection.poll(GREETING)).isEqualTo(new Reply.Greeted(2, true));
			assertThat(connection.poll(GREETING)).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "lines", "csv" })
	void readsNoReplyThatNeverEnds(String dialect) throws Exception {
		ClientRequest finished = new Request.AwaitWinners(OptionalInt.of(1));
		String piece = "1".repeat(1024 * 1024);
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> {
			try {
				for (int i = 0; i < MORE_THAN_SYSTEMS_BUFFER; i++) {
					peer.send(piece);
				}
			}
			catch (IOException ex) {
				// closed, as it should
			}
		}); Connection connection = connect(central, dialect)) {
			connection.send(finished);
			assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> connection.receive(finished, QUIET))
				.withMessageMatching("the reply has no end within [0-9]+ bytes.*");
		}
	}

	@Test
	void noticesThatTheCentralHangsUp() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect("H:1\n1\n"));
				Connection connection = connect(central)) {
			assertThat(connection.isClosedWithin(Duration.ofMillis(1))).isFalse();
			connection.send(GREETING);
			assertThat(connection.isClosedWithin(Central.REPLY_LIMIT)).isTrue();
		}
	}

	@Test
	void isLostWhereTheCentralTakesNothing() throws Exception {
		CountDownLatch lost = new CountDownLatch(1);
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.await(lost));
				Connection connection = connect(central, new Patience(SHORT, new StopSwitch()))) {
			ClientRequest echo = new Request.Echo("E:1\n" + "x".repeat(1024 * 1024));
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> {
				for (int i = 0; i < MORE_THAN_SYSTEMS_BUFFER; i++) {
					connection.send(echo);
				}
			}).withMessageMatching("the central took nothing for [0-9]+ ms");
			lost.countDown();
		}
	}

	private static Connection connect(ScriptedCentral central) throws IOException {
		return connect(central, "lines");
	}

	private static Connection connect(ScriptedCentral central, String dialect) throws IOException {
		return connect(central, dialect, new Patience(Duration.ofMinutes(1), new StopSwitch()));
	}

	private static Connection connect(ScriptedCentral central, Patience patience) throws IOException {
		return connect(central, "lines", patience);
	}

	private static Connection connect(ScriptedCentral central, String dialect, Patience patience) throws IOException {
		return new Connection(Line.over(new Socket("127.0.0.1", central.port()),
				new ServerAddress("127.0.0.1", central.port()), null, Duration.ZERO),
				Dialects.named(dialect).orElseThrow().client(1, 1).orElseThrow(), patience);
	}

}
