package loteria.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Certificates good and bad, each made once.
 */
public final class TestCertificates {

	private static final Instant NOW = Instant.now();

	private static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1));

	private static final Instant TOMORROW = NOW.plus(Duration.ofDays(1));

	private static final AtomicInteger serial = new AtomicInteger();

	private static final Issued AUTHORITY = issue(null, "test authority", YESTERDAY.minus(Duration.ofDays(2)),
			TOMORROW);

	/** One that is not trusted. */
	private static final Issued OTHER = issue(null, "other authority", YESTERDAY, TOMORROW);

	private static final Map<String, Issued> issued = new ConcurrentHashMap<>();

	private TestCertificates() {
	}

	public static Issued central() {
		return server("localhost", "127.0.0.1", "server");
	}

	public static Issued server(String... hosts) {
		return issued.computeIfAbsent(String.join(",", hosts),
				(_) -> issue(AUTHORITY, "central", YESTERDAY, TOMORROW, names(hosts)));
	}

	public static Issued agency(int agency) {
		return issued.computeIfAbsent("agency " + agency, (_) -> named("agency-" + agency, AgencyName.of(agency)));
	}

	/**
	 * @param uris among its alternative names
	 */
	static Issued named(String commonName, String... uris) {
		return issue(AUTHORITY, commonName, YESTERDAY, TOMORROW, uris(uris));
	}

	/** By an authority that is not trusted. */
	public static Issued foreignAgency(int agency) {
		return issue(OTHER, "agency-" + agency, YESTERDAY, TOMORROW, uris(AgencyName.of(agency)));
	}

	public static Issued foreignCentral() {
		return issue(OTHER, "central", YESTERDAY, TOMORROW, names("localhost", "127.0.0.1"));
	}

	public static Issued expiredAgency(int agency) {
		return issue(AUTHORITY, "agency-" + agency, YESTERDAY.minus(Duration.ofDays(1)), YESTERDAY,
				uris(AgencyName.of(agency)));
	}

	public static Issued expiredCentral() {
		return issue(AUTHORITY, "central", YESTERDAY.minus(Duration.ofDays(1)), YESTERDAY, names("localhost"));
	}

	static Issued notYetValidCentral() {
		return issue(AUTHORITY, "central", TOMORROW, TOMORROW.plus(Duration.ofDays(1)), names("localhost"));
	}

	private static GeneralName[] names(String... hosts) {
		return Arrays.stream(hosts)
			.map((host) -> new GeneralName(host.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName, host))
			.toArray(GeneralName[]::new);
	}

	private static GeneralName[] uris(String... uris) {
		return Arrays.stream(uris)
			.map((uri) -> new GeneralName(GeneralName.uniformResourceIdentifier, uri))
			.toArray(GeneralName[]::new);
	}

	/**
	 * @param issuer an authority, or null for one itself
	 */
	private static Issued issue(@Nullable Issued issuer, String commonName, Instant from, Instant until,
			GeneralName... names) {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(256);
			KeyPair keys = generator.generateKeyPair();
			X500Name subject = new X500Name("CN=" + commonName);
			X500Name by = (issuer == null) ? subject
					: X500Name.getInstance(issuer.certificate.getSubjectX500Principal().getEncoded());
			X509v3CertificateBuilder certificate = new X509v3CertificateBuilder(by,
					BigInteger.valueOf(serial.incrementAndGet()), Date.from(from), Date.from(until), Locale.ROOT,
					subject, SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
			certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(issuer == null));
			if (names.length > 0) {
				certificate.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
			}
			PrivateKey signer = (issuer == null) ? keys.getPrivate() : issuer.key;
			return new Issued(
					new JcaX509CertificateConverter().getCertificate(
							certificate.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer))),
					keys.getPrivate());
		}
		catch (GeneralSecurityException | IOException | OperatorCreationException ex) {
			throw new AssertionError(ex);
		}
	}

	/**
	 * Writes {@code <name>.pem} and {@code <name>.key}, and {@code ca.pem}.
	 */
	public static void write(Path directory, String name, Issued issued) {
		try {
			Files.createDirectories(directory);
			Files.writeString(directory.resolve("ca.pem"), pem("CERTIFICATE", AUTHORITY.certificate.getEncoded()));
			Files.writeString(directory.resolve(name + ".pem"), pem("CERTIFICATE", issued.certificate.getEncoded()));
			Files.writeString(directory.resolve(name + ".key"), pem("PRIVATE KEY", issued.key.getEncoded()));
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new AssertionError(ex);
		}
	}

	private static String pem(String type, byte[] bytes) {
		return "-----BEGIN " + type + "-----\n"
				+ Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes)
				+ "\n-----END " + type + "-----\n";
	}

	/**
	 * As our programs make it of files.
	 * @param issued what to show, or null for nothing
	 */
	public static SSLContext context(@Nullable Issued issued) {
		try {
			return TlsContexts.of(keys(issued), TlsContexts.trust(AUTHORITY.certificate));
		}
		catch (GeneralSecurityException ex) {
			throw new AssertionError(ex);
		}
	}

	/** As others make it. */
	public static SSLContext plainContext(@Nullable Issued issued) {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(keys(issued), TlsContexts.trust(AUTHORITY.certificate), null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new AssertionError(ex);
		}
	}

	private static KeyManager @Nullable [] keys(@Nullable Issued issued) throws GeneralSecurityException {
		return (issued == null) ? null : TlsContexts.keys(issued.key, issued.certificate);
	}

	/**
	 * A certificate with its key.
	 */
	public record Issued(X509Certificate certificate, PrivateKey key) {
	}

}
