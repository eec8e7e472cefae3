package loteria.local.certificates;

import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

import loteria.local.certificates.Authority.Issued;
import loteria.local.certificates.Authority.Subject;
import loteria.tls.AgencyName;
import loteria.tls.TlsContexts;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

class AuthorityTests {

	private static final Instant FROM = Instant.parse("2026-01-02T03:04:05Z");

	private static final Instant UNTIL = Instant.parse("2051-12-31T23:59:59Z");

	@Test
	void issuesWhatItWasAsked() throws Exception {
		Authority authority = Authority.create("lottery authority", FROM, UNTIL);
		X509Certificate certificate = authority
			.issue(Subject.server("central", List.of("central.example", "10.1.2.3", "::1")), FROM, UNTIL)
			.certificate();
		certificate.verify(authority.own().certificate().getPublicKey());
		assertThat(certificate.getSubjectX500Principal()).hasToString("CN=central");
		assertThat(certificate.getIssuerX500Principal()).hasToString("CN=lottery authority");
		assertThat(certificate.getNotBefore().toInstant()).isEqualTo(FROM);
		assertThat(certificate.getNotAfter().toInstant()).isEqualTo(UNTIL);
		assertThat(certificate.getSubjectAlternativeNames()).extracting((name) -> name.get(0), (name) -> name.get(1))
			.containsExactly(tuple(2, "central.example"), tuple(7, "10.1.2.3"), tuple(7, "0:0:0:0:0:0:0:1"));
		assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
		assertThat(certificate.getKeyUsage()).startsWith(true, false, false, false, false, false, false);
		assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
		X509Certificate own = authority.own().certificate();
		assertThat(own.getBasicConstraints()).isZero();
		assertThat(own.getCriticalExtensionOIDs()).isEqualTo(Set.of("2.5.29.15", "2.5.29.19"));
		assertThat(own.getKeyUsage()).startsWith(false, false, false, false, false, true, true);
	}

	@Test
	void namesTheAgency() throws Exception {
		Issued agency = Authority.create("lottery authority", FROM, UNTIL).issue(Subject.agency(7), FROM, UNTIL);
		assertThat(AgencyName.in(agency.certificate())).hasValue(7);
		assertThat(agency).hasToString("CN=agency-7 until 2051-12-31T23:59:59Z");
	}

	@Test
	void isTheSameWhenReadAgain() throws Exception {
		Issued own = Authority.create("lottery authority", FROM, UNTIL).own();
		Authority again = Authority.of(own.certificatePem(), own.keyPem());
		X509Certificate issued = again.issue(Subject.agency(1), FROM, UNTIL).certificate();
		issued.verify(own.certificate().getPublicKey());
		assertThat(Arrays.copyOfRange(issued.getExtensionValue("2.5.29.35"), 6, 26))
			.isEqualTo(Arrays.copyOfRange(own.certificate().getExtensionValue("2.5.29.14"), 4, 24));
		Issued other = Authority.create("other authority", FROM, UNTIL).own();
		assertThatExceptionOfType(GeneralSecurityException.class)
			.isThrownBy(() -> Authority.of(own.certificatePem(), other.keyPem()));
	}

	/** Where people have other digits. */
	@Test
	void writesTheSameDatesEverywhere() throws Exception {
		Locale usual = Locale.getDefault();
		try {
			Locale.setDefault(Locale.of("ar", "EG"));
			assertThat(Authority.create("lottery authority", FROM, UNTIL).own().certificate().getNotAfter().toInstant())
				.isEqualTo(UNTIL);
		}
		finally {
			Locale.setDefault(usual);
		}
	}

	@Test
	void whatItIssuesIsGoodForBothSidesOfAConnection() throws Exception {
		Instant now = Instant.now();
		Authority authority = Authority.create("lottery authority", now.minusSeconds(60), now.plusSeconds(3600));
		Issued central = authority.issue(Subject.server("central", List.of("localhost")), now.minusSeconds(60),
				now.plusSeconds(3600));
		Issued agency = authority.issue(Subject.agency(3), now.minusSeconds(60), now.plusSeconds(3600));
		try (SSLServerSocket listener = (SSLServerSocket) context(authority, central).getServerSocketFactory()
			.createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			listener.setNeedClientAuth(true);
			CompletableFuture<X509Certificate> seen = CompletableFuture.supplyAsync(() -> certificateOfPeer(listener));
			try (SSLSocket socket = (SSLSocket) context(authority, agency).getSocketFactory()
				.createSocket("localhost", listener.getLocalPort())) {
				socket.startHandshake();
				assertThat(socket.getSession().getPeerCertificates()).startsWith(central.certificate());
				assertThat(seen.join()).isEqualTo(agency.certificate());
			}
		}
	}

	private static SSLContext context(Authority authority, Issued issued) throws GeneralSecurityException {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(TlsContexts.keys(issued.key(), issued.certificate()),
				TlsContexts.trust(authority.own().certificate()), null);
		return context;
	}

	private static X509Certificate certificateOfPeer(SSLServerSocket listener) {
		try (SSLSocket socket = (SSLSocket) listener.accept()) {
			return (X509Certificate) socket.getSession().getPeerCertificates()[0];
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void refusesWhatIsNoHost() {
		assertThatIllegalArgumentException().isThrownBy(() -> Subject.server("central", List.of("a b")))
			.withMessage("'a b' is no name of a host");
		assertThatIllegalArgumentException().isThrownBy(() -> Subject.server("central", List.of("1.2.3.999")));
	}

	@Test
	void isWrittenAsPem() throws Exception {
		Issued own = Authority.create("lottery authority", FROM, UNTIL).own();
		assertThat(own.certificatePem().lines()).startsWith("-----BEGIN CERTIFICATE-----")
			.endsWith("-----END CERTIFICATE-----")
			.allSatisfy((line) -> assertThat(line).hasSizeLessThanOrEqualTo(64));
		assertThat(own.keyPem()).startsWith("-----BEGIN PRIVATE KEY-----\n").endsWith("-----END PRIVATE KEY-----\n");
	}

}
