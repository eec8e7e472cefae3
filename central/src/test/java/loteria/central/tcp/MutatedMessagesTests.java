package loteria.central.tcp;

import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

import loteria.central.RunningCentral;
import loteria.protocol.Dialect;
import loteria.protocol.Dialects;
import loteria.torture.Torture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fault 17: messages of all dialects that are nearly right, over real sockets. What is
 * stored obeys the rules, the central's own faults are none, nothing stays open, and
 * others are served.
 */
@Tag(Torture.TAG)
@ExtendWith(OutputCaptureExtension.class)
class MutatedMessagesTests {

	private static final int SHORT = 1500;

	private static final int OF_CONNECTION = 25;

	@Test
	void nothingWrongIsStoredAndNothingStaysOpen(@TempDir Path directory, CapturedOutput output) throws IOException {
		int messages = Torture.count("mutated-messages", SHORT);
		Random random = Torture.random("mutated messages");
		Map<Dialect, Mutation> mutations = Dialects.all()
			.stream()
			.collect(Collectors.toMap(Function.identity(),
					(dialect) -> new Mutation(random, new DecoderCheck(dialect, DecoderCheck.CENTRAL).seeds())));
		try (RunningCentral central = RunningCentral.start(directory, "--central.agencies=100000",
				"--central.draw.timeout=100ms", "--central.connections.message=5s",
				"--central.connections.without-bets=100%")) {
			for (int sent = 0; sent < messages; sent += OF_CONNECTION) {
				Dialect dialect = Dialects.all().get(random.nextInt(Dialects.all().size()));
				talk(central.port(dialect.name()), mutations.get(dialect));
			}
			try (Peer honest = new Peer(central.port("lines"))) {
				honest.send("E:1\nstill here\n");
				assertThat(honest.receiveLines(2)).isEqualTo("E:1\nstill here\n");
			}
			for (Dialect dialect : Dialects.all()) {
				Awaitility.await()
					.atMost(Duration.ofSeconds(60))
					.until(() -> central.openConnections(dialect.name()) == 0);
				assertThat(central.refusals(dialect.name(), "fault")).isZero();
			}
			assertThat(central.bets().split("\r\n")).isNotEmpty().allSatisfy(DecoderCheck::bet);
			Torture.report("17 messages that are nearly right", messages,
					central.bets().lines().count() + " bets stored");
		}
		assertThat(output.getAll().lines())
			.allSatisfy((line) -> assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1024));
		assertThat(output.getAll()).doesNotContain("Exception", "action: handle_request");
	}

	private static void talk(int port, Mutation mutation) throws IOException {
		try (Peer peer = new Peer(port)) {
			for (int i = 0; i < OF_CONNECTION; i++) {
				peer.send(new String(mutation.next(), StandardCharsets.ISO_8859_1));
			}
			peer.endOutput();
			peer.receiveAll();
		}
		catch (SocketException ex) {
			// the central has closed, as it does behind what can't be trusted
			assertThat(List.of("Connection reset", "Broken pipe", "Connection reset by peer", "Socket is closed"))
				.contains(ex.getMessage());
		}
	}

}
