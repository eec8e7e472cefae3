package loteria.agency.jobs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLServerSocket;

import loteria.agency.ending.ExitStatus;
import loteria.agency.ending.Failure;
import loteria.agency.scripted.ScriptedCentral;
import loteria.tls.TestCertificates;
import loteria.tls.TestCertificates.Issued;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * An agency and TLS: with a central of Java's own sockets, which says again what it is
 * told, and in one line whatever goes wrong.
 */
@Timeout(180)
class TlsTests {

	private static final String CA = "ca.pem";

	@TempDir
	private Path directory;

	@Test
	void checksTheEchoByTls() throws Exception {
		try (ServerSocket central = central(TestCertificates.central())) {
			assertThat(run(central.getLocalPort(), TestCertificates.agency(1))).isEqualTo(ExitStatus.DONE);
		}
	}

	@Test
	void saysThatTheCentralIsAnother() throws Exception {
		try (ServerSocket central = central(TestCertificates.server("elsewhere", "10.0.0.1"))) {
			assertNoTls(central, TestCertificates.agency(1),
					"the certificate of CN=central is for elsewhere, 10.0.0.1, not for localhost; "
							+ "server.address must be one of its names");
		}
	}

	@Test
	void saysThatTheCentralsAuthorityIsUnknown() throws Exception {
		try (ServerSocket central = central(TestCertificates.foreignCentral())) {
			assertNoTls(central, TestCertificates.agency(1), "the certificate of CN=central is by CN=other authority, "
					+ "or by who has that name, and that is not trusted here; tls.ca is " + path(CA));
		}
	}

	@Test
	void saysThatTheCentralsCertificateHasExpired() throws Exception {
		Issued expired = TestCertificates.expiredCentral();
		try (ServerSocket central = central(expired)) {
			assertNoTls(central, TestCertificates.agency(1),
					"the certificate of CN=central expired on " + expired.certificate().getNotAfter().toInstant());
		}
	}

	@Test
	void saysThatTheCentralDemandsACertificate() throws Exception {
		try (ServerSocket central = central(TestCertificates.central())) {
			assertNoTls(central, null,
					"the peer demands a certificate that it trusts, and was shown none (alert certificate_required); "
							+ "tls.certificate is none, the central's log says more");
		}
	}

	@Test
	void saysThatTheCentralDoesNotAcceptTheCertificate() throws Exception {
		try (ServerSocket central = central(TestCertificates.central())) {
			// Java's server says whom it trusts, and so is not shown any other
			assertNoTls(central, TestCertificates.foreignAgency(1),
					"the peer demands a certificate that it trusts, and was shown none (alert certificate_required); "
							+ "tls.certificate is " + path("agency.pem") + ", the central's log says more");
		}
	}

	@Test
	void saysThatTheCentralSpeaksNoTls() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> {
			// what is left unread would take the answer back
			String header = peer.hex(5).replaceAll("[^0-9a-fA-F]", "");
			peer.hex(Integer.parseInt(header.substring(header.length() - 4), 16));
			peer.send("R:1\nFAIL\n");
		})) {
			assertNoTls(central.port(), TestCertificates.agency(1), "this is no TLS, but plain: \"R:1\" …; "
					+ "leave out tls.ca, or say the port of TLS in server.address");
		}
	}

	@Test
	void saysThatTheCentralSpeaksTlsOnly() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> {
			peer.line();
			peer.line();
			peer.send(new byte[] { 21, 3, 3, 0, 2, 2, 10 });
		})) {
			Failure failure = fails(List.of("--server.address=localhost:" + central.port()));
			assertThat(failure).hasMessage("action: connect | result: fail | "
					+ "reason: the central speaks TLS on this port: say whom to trust, tls.ca");
			assertThat(failure.status()).isEqualTo(ExitStatus.CENTRAL_FAILED);
		}
	}

	@Test
	void refusesWhatNoCentralWouldHave() throws IOException {
		assertUnusable(TestCertificates.agency(2), "it is the certificate of agency 2, and this is agency 1");
		Issued expired = TestCertificates.expiredAgency(1);
		assertUnusable(expired, "the certificate expired on " + expired.certificate().getNotAfter().toInstant());
		Issued one = TestCertificates.agency(1);
		assertUnusable(new Issued(one.certificate(), TestCertificates.agency(2).key()),
				"it is not the key of " + path("agency.pem"));
		List<String> arguments = arguments(1, one);
		Files.writeString(this.directory.resolve("agency.key"), "nothing\n");
		assertUnusable(arguments, "key: tls.key | value: " + path("agency.key"));
		Files.delete(this.directory.resolve(CA));
		assertUnusable(arguments, "key: tls.ca | value: " + path(CA)
				+ " | allowed: the path of a file of PEM; there is no such file or directory | from: ");
	}

	@Test
	void refusesHalfOfTheSettings() {
		assertUnusable(List.of("--tls.certificate=a.pem"),
				"key: tls.certificate | value: a.pem | allowed: both tls.certificate and tls.key, or neither");
		assertUnusable(List.of("--tls.certificate=a.pem", "--tls.key=a.key"),
				"key: tls.certificate | value: a.pem | allowed: together with tls.ca, without which no TLS is spoken");
	}

	private void assertUnusable(Issued issued, String reason) {
		assertUnusable(arguments(1, issued), reason);
	}

	private void assertUnusable(List<String> arguments, String reason) {
		Failure failure = fails(arguments);
		assertThat(failure).hasMessageStartingWith("action: config | result: fail | ")
			.hasMessageContaining(reason)
			.hasMessageNotContaining("\n");
		assertThat(failure.status()).isEqualTo(ExitStatus.UNUSABLE);
	}

	private void assertNoTls(ServerSocket central, @Nullable Issued issued, String reason) {
		assertNoTls(central.getLocalPort(), issued, reason);
	}

	private void assertNoTls(int port, @Nullable Issued issued, String reason) {
		Failure failure = fails(arguments(port, issued));
		assertThat(failure)
			.hasMessage("action: connect | result: fail | reason: no TLS with localhost:" + port + ": " + reason);
		assertThat(failure.status()).isEqualTo(ExitStatus.CENTRAL_FAILED);
	}

	private Failure fails(List<String> arguments) {
		List<String> all = new ArrayList<>(arguments);
		all.addAll(List.of("--mode=echo", "--loop.amount=1"));
		return catchThrowableOfType(Failure.class, () -> new AgencyRun(this.directory).run(all.toArray(String[]::new)));
	}

	private ExitStatus run(int port, @Nullable Issued issued) throws Failure {
		List<String> all = arguments(port, issued);
		all.addAll(List.of("--mode=echo", "--loop.amount=2", "--loop.period=0"));
		return new AgencyRun(this.directory).run(all.toArray(String[]::new));
	}

	private List<String> arguments(int port, @Nullable Issued issued) {
		TestCertificates.write(this.directory, "agency", (issued != null) ? issued : TestCertificates.agency(1));
		List<String> arguments = new ArrayList<>(List.of("--server.address=localhost:" + port, "--tls.ca=" + path(CA)));
		if (issued != null) {
			arguments.addAll(List.of("--tls.certificate=" + path("agency.pem"), "--tls.key=" + path("agency.key")));
		}
		return arguments;
	}

	private Path path(String name) {
		return this.directory.resolve(name);
	}

	/** Says again what it is told, one peer after the other, until it is closed. */
	private static ServerSocket central(Issued issued) throws IOException {
		SSLServerSocket server = (SSLServerSocket) TestCertificates.plainContext(issued)
			.getServerSocketFactory()
			.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
		server.setNeedClientAuth(true);
		Thread.ofVirtual().start(() -> {
			while (!server.isClosed()) {
				try (Socket socket = server.accept()) {
					socket.getInputStream().transferTo(socket.getOutputStream());
				}
				catch (IOException ex) {
					// what the agency makes of it is what is looked at
				}
			}
		});
		return server;
	}

}
