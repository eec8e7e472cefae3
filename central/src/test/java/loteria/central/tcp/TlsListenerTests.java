package loteria.central.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

import loteria.central.RunningCentral;
import loteria.central.TlsFiles;
import loteria.central.tcp.NamedAgencyTests.Speech;
import loteria.tls.TestCertificates;
import loteria.tls.TestCertificates.Issued;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Who may come in by TLS, for whom it may speak then, and what is said to everybody else.
 */
@Timeout(90)
@ExtendWith(OutputCaptureExtension.class)
class TlsListenerTests {

	private static final String BET = ";Ana;Sol;5;2000-02-29;7574\n";

	private static final int SLOW_PEERS = 300;

	@TempDir
	private static Path directory;

	private static RunningCentral central;

	private CapturedOutput output;

	@BeforeAll
	static void start() {
		TlsFiles files = new TlsFiles(directory.resolve("certificates")).with(TestCertificates.central());
		central = RunningCentral.start(directory.resolve("store"),
				files.settings("--central.agencies=1000", "--spring.main.web-application-type=none",
						"--central.listeners.lines.ssl.handshake=5s", "--central.listeners.plain.port=0",
						"--central.listeners.plain.dialect=lines", "--central.listeners.plain.enabled=true",
						"--central.listeners.wanted.port=0", "--central.listeners.wanted.dialect=lines",
						"--central.listeners.wanted.enabled=true", "--central.listeners.wanted.ssl.bundle=central",
						"--central.listeners.wanted.ssl.client-auth=want"));
	}

	@AfterAll
	static void stop() {
		central.close();
	}

	@BeforeEach
	void capture(CapturedOutput captured) {
		this.output = captured;
	}

	private static Peer peer(String listener, @Nullable Issued issued) throws IOException {
		return Peer.byTls(central.port(listener), TestCertificates.plainContext(issued));
	}

	@ParameterizedTest
	@EnumSource
	void everyDialectIsSpoken(Speech speech) throws IOException {
		try (Peer peer = peer(speech.name(), TestCertificates.agency(7))) {
			peer.send(speech.bet);
			assertThat(peer.receive(speech.stored)).hasSize(speech.stored);
		}
		assertLogs("action: apuesta_recibida | result: success | cantidad: 1 | agency: 7 | ");
	}

	@ParameterizedTest
	@EnumSource
	void betsForAnotherAgencyAreRefusedInTheDialect(Speech speech) throws IOException {
		String before = central.bets();
		try (Peer peer = peer(speech.name(), TestCertificates.agency(2))) {
			peer.send(speech.bet);
			assertThat(peer.receive(speech.refused)).hasSize(speech.refused);
		}
		assertLogs("action: apuesta_recibida | result: fail | agency: 7 | ",
				"reason: forbidden: the certificate is that of agency 2, which may not speak for agency 7");
		assertThat(central.bets()).isEqualTo(before);
	}

	@Test
	void nothingElseIsSaidForAnotherAgencyEither() throws IOException {
		int finished = central.finished();
		try (Peer lines = peer("lines", TestCertificates.agency(2));
				Peer tlv = peer("tlv", TestCertificates.agency(2));
				Peer packets = peer("packets", TestCertificates.agency(2))) {
			lines.send("H:1\n7\n");
			assertThat(lines.receiveLines(2)).isEqualTo("R:1\nFAIL\n");
			lines.send("V:1\n7\n");
			assertThat(lines.receiveLines(2)).isEqualTo("R:1\nFAIL\n");
			tlv.send("\u0005\0\0\0\u00027#\u0006\0\0\0\u00027#");
			packets.send("\0\15AgencyClose:7");
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(this.output.getOut().split("which may not speak for agency 7", -1))
					.hasSize(1 + 5));
		}
		assertThat(central.finished()).isEqualTo(finished);
	}

	@Test
	void whoDoesNotSayItsNameIsTheOneOfItsCertificate() throws IOException {
		try (Peer peer = peer("lines", TestCertificates.agency(9))) {
			peer.send("F:1\nFINISHED\n");
			assertLogs("action: agencia_finalizada | result: success | agency: 9 | ");
		}
	}

	@Test
	void whoHasSaidAllStillGetsItsAnswer() throws IOException {
		try (Peer peer = peer("lines", TestCertificates.agency(3))) {
			peer.send(bet(3));
			peer.endOutput();
			assertThat(peer.receiveAll()).isEqualTo("R:1\nOK\n");
		}
	}

	@Test
	void aCertificateByAnotherAuthorityIsOneLine() {
		assertRefused(TestCertificates.foreignAgency(1),
				"the certificate of CN=agency-1 is by CN=other authority, or by who has that name, and that is not trusted here");
	}

	@Test
	void anExpiredCertificateIsOneLine() {
		Issued expired = TestCertificates.expiredAgency(1);
		assertRefused(expired,
				"the certificate of CN=agency-1 expired on " + expired.certificate().getNotAfter().toInstant());
	}

	@Test
	void noCertificateIsOneLine() {
		assertRefused(null, "the peer has no certificate to show");
	}

	@Test
	void aCertificateWithoutAnAgencyIsOneLine() {
		assertRefused(TestCertificates.central(),
				"the certificate of CN=central names no agency, or several: it takes one urn:loteria:agency:<n>");
	}

	private void assertRefused(@Nullable Issued issued, String reason) {
		Throwable thrown = catchThrowable(() -> {
			try (Peer peer = peer("lines", issued)) {
				peer.send(bet(1));
				peer.receiveAll();
			}
		});
		// not a reset: the alert arrives, whatever was sent meanwhile
		assertThat(thrown).isInstanceOf(SSLException.class).hasMessageContaining("Received fatal alert: certificate_");
		assertOneFailure("reason: " + reason);
	}

	@Test
	void plainTextIsOneLine() throws IOException {
		try (Peer peer = new Peer(central.port("lines"))) {
			peer.send(bet(1));
			assertThat(peer.receiveAll()).isEqualTo("\25\3\3\0\2\2\n");
		}
		assertOneFailure("reason: this is no TLS, but plain: \"S:1\" …");
	}

	@Test
	void anOldVersionIsOneLine() throws IOException {
		SSLContext context = TestCertificates.plainContext(TestCertificates.agency(1));
		try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", central.port("csv"))) {
			socket.setEnabledProtocols(new String[] { "TLSv1.2" });
			assertThat(catchThrowable(socket::startHandshake)).hasMessageContaining("protocol_version");
		}
		assertOneFailure("reason: no version of TLS that both sides allow: ");
	}

	@Test
	void whoOnlyLooksWhetherSomebodyListensIsNoFailure() throws IOException {
		Peer looking = new Peer(central.port("lines"));
		String address = looking.address();
		looking.close();
		try (Peer peer = peer("lines", TestCertificates.agency(3))) {
			peer.send(bet(3));
			assertThat(peer.receiveLines(2)).isEqualTo("R:1\nOK\n");
		}
		assertThat(this.output.getOut()).doesNotContain("action: handshake | result: fail | ip: " + address);
	}

	@Test
	void tlsOnAPlainPortIsOneLine() throws IOException {
		Throwable thrown = catchThrowable(() -> {
			try (Peer peer = peer("plain", TestCertificates.agency(1))) {
				peer.send(bet(1));
			}
		});
		assertThat(thrown).isInstanceOf(SSLException.class);
		assertLogs("action: receive_message | result: fail | ",
				"reason: malformed: TLS, which this listener does not speak; central.listeners.<name>.ssl.bundle");
		assertThatNothingIsReadAfterTheEnd();
	}

	@Test
	void aWebPageOnAPlainPortIsOneLine() throws IOException {
		try (Peer peer = new Peer(central.port("plain"))) {
			peer.send("POST / HTTP/1.1\r\n\r\n");
			peer.receiveAll();
		}
		assertLogs("action: receive_message | result: fail | ", "HTTP");
		assertThatNothingIsReadAfterTheEnd();
	}

	/**
	 * What is left of a message that ended the connection is not refused again and again.
	 */
	private void assertThatNothingIsReadAfterTheEnd() throws IOException {
		try (Peer peer = new Peer(central.port("plain"))) {
			peer.send(bet(1));
			peer.receiveLines(2);
		}
		assertThat(this.output.getOut().lines().filter((line) -> line.contains("Connection not found"))).isEmpty();
	}

	@Test
	void listenersOfOneDialectAreCountedTogether() throws IOException {
		try (Peer plain = new Peer(central.port("plain")); Peer tls = peer("lines", TestCertificates.agency(3))) {
			plain.send(bet(3));
			plain.receiveLines(2);
			tls.send(bet(3));
			tls.receiveLines(2);
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> central.openConnections("lines") == 2);
		}
	}

	@Test
	void whereACertificateIsOnlyWantedItCountsAllTheSame() throws IOException {
		try (Peer without = peer("wanted", null); Peer with = peer("wanted", TestCertificates.agency(4))) {
			without.send(bet(5));
			assertThat(without.receiveLines(2)).isEqualTo("R:1\nOK\n");
			with.send(bet(4));
			assertThat(with.receiveLines(2)).isEqualTo("R:1\nOK\n");
			with.send(bet(5));
			assertThat(with.receiveLines(2)).isEqualTo("R:1\nFAIL\n");
		}
	}

	@Test
	void slowHandshakesCostOthersNothing() throws IOException {
		double failed = failedHandshakes("too_slow");
		List<Socket> slow = new ArrayList<>();
		try {
			for (int i = 0; i < SLOW_PEERS; i++) {
				Socket socket = new Socket();
				slow.add(socket);
				socket.connect(new InetSocketAddress("127.0.0.1", central.port("lines")));
				socket.getOutputStream().write(22);
			}
			try (Peer peer = peer("lines", TestCertificates.agency(3))) {
				peer.send(bet(3));
				assertThat(peer.receiveLines(2)).isEqualTo("R:1\nOK\n");
			}
			// and others are still borne with
			assertThat(failedHandshakes("too_slow")).isLessThan(failed + SLOW_PEERS);
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(failedHandshakes("too_slow") - failed).isEqualTo(SLOW_PEERS));
		}
		finally {
			for (Socket socket : slow) {
				socket.close();
			}
		}
		assertLogs("reason: no complete handshake within 5000 ms");
	}

	private static double failedHandshakes(String reason) {
		return central.counter("lottery.handshakes.failed", "dialect", "lines", "reason", reason);
	}

	private static String bet(int agency) {
		return "S:1\n" + agency + BET;
	}

	private void assertLogs(String... parts) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(
					this.output.getOut().lines().anyMatch((line) -> Stream.of(parts).allMatch(line::contains)))
				.as("%s", this.output.getOut().lines().filter((line) -> line.contains(" WARN ")).toList())
				.isTrue());
	}

	/** And that no more than one line is about the same peer. */
	private void assertOneFailure(String reason) {
		assertLogs("action: handshake | result: fail | ip: 127.0.0.1:", reason);
		String line = this.output.getOut().lines().filter((each) -> each.contains(reason)).findFirst().orElseThrow();
		String peer = line.replaceFirst(".*(ip: 127\\.0\\.0\\.1:\\d+ ).*", "$1");
		assertThat(this.output.getOut().lines().filter((each) -> each.contains(peer) && each.contains("fail")))
			.hasSize(1);
		assertThat(this.output.getAll()).doesNotContain("\tat ", "Exception");
	}

}
