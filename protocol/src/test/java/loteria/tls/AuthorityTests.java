package loteria.tls;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import loteria.tls.authority.Authority;
import loteria.tls.authority.Issued;
import loteria.tls.authority.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
		certificate.verify(authority.certificate().getPublicKey());
		assertThat(certificate.getSubjectX500Principal()).hasToString("CN=central");
		assertThat(certificate.getIssuerX500Principal()).hasToString("CN=lottery authority");
		assertThat(certificate.getNotBefore().toInstant()).isEqualTo(FROM);
		assertThat(certificate.getNotAfter().toInstant()).isEqualTo(UNTIL);
		assertThat(certificate.getSubjectAlternativeNames()).extracting((name) -> name.get(0), (name) -> name.get(1))
			.containsExactly(tuple(2, "central.example"), tuple(7, "10.1.2.3"), tuple(7, "0:0:0:0:0:0:0:1"));
		assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
		assertThat(authority.certificate().getBasicConstraints()).isZero();
		assertThat(authority.certificate().getCriticalExtensionOIDs()).isEqualTo(Set.of("2.5.29.15", "2.5.29.19"));
		assertThat(authority.certificate().getKeyUsage()).startsWith(false, false, false, false, false, true, true);
		assertThat(certificate.getKeyUsage()).startsWith(true, false, false, false, false, false, false);
		assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
	}

	@Test
	void namesTheAgency() {
		assertThat(AgencyName.in(TestCertificates.agency(2147483647).certificate())).hasValue(2147483647);
		assertThat(AgencyName.in(TestCertificates.central().certificate())).isEmpty();
	}

	@Test
	void theCommonNameMayNameTheAgencyToo() throws Exception {
		assertThat(AgencyName.in(issue("urn:loteria:agency:4", List.of()))).hasValue(4);
		assertThat(AgencyName.in(issue("agency-4", List.of()))).isEmpty();
		assertThat(AgencyName.in(issue("urn:loteria:agency:0", List.of()))).isEmpty();
	}

	@Test
	void oneThatNamesTwoAgenciesNamesNone() throws Exception {
		Subject both = new Subject("urn:loteria:agency:4", Subject.agency(5).names());
		assertThat(AgencyName.in(TestCertificates.AUTHORITY.issue(both, FROM, UNTIL).certificate())).isEmpty();
		Subject same = new Subject("urn:loteria:agency:5", Subject.agency(5).names());
		assertThat(AgencyName.in(TestCertificates.AUTHORITY.issue(same, FROM, UNTIL).certificate())).hasValue(5);
	}

	private static X509Certificate issue(String commonName, List<byte[]> names) throws Exception {
		return TestCertificates.AUTHORITY.issue(new Subject(commonName, names), FROM, UNTIL).certificate();
	}

	@Test
	void isTheSameWhenReadAgain() throws Exception {
		Issued own = TestCertificates.AUTHORITY.own();
		Authority again = Authority.of(own.certificatePem(), own.keyPem());
		again.issue(Subject.agency(1), FROM, UNTIL).certificate().verify(own.certificate().getPublicKey());
		assertThatExceptionOfType(GeneralSecurityException.class)
			.isThrownBy(() -> Authority.of(own.certificatePem(), TestCertificates.OTHER.own().keyPem()));
	}

	@Test
	void refusesWhatIsNoHost() {
		assertThatIllegalArgumentException().isThrownBy(() -> Subject.server("central", List.of("a b")))
			.withMessage("'a b' is no name of a host");
		assertThatIllegalArgumentException().isThrownBy(() -> Subject.server("central", List.of("1.2.3.999")));
	}

	@Test
	void keysAreNotInWhatIsPrinted() {
		assertThat(TestCertificates.central()).asString().startsWith("CN=central until ");
	}

	@Test
	void isWrittenAsPem(@TempDir Path directory) throws Exception {
		TestCertificates.write(directory, "agency-1", TestCertificates.agency(1));
		assertThat(Files.readAllLines(directory.resolve("agency-1.pem"))).startsWith("-----BEGIN CERTIFICATE-----")
			.endsWith("-----END CERTIFICATE-----")
			.allSatisfy((line) -> assertThat(line).hasSizeLessThanOrEqualTo(64));
		assertThat(Files.readAllLines(directory.resolve("agency-1.key"))).startsWith("-----BEGIN PRIVATE KEY-----");
	}

}
