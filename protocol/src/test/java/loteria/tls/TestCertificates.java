package loteria.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

import loteria.tls.authority.Authority;
import loteria.tls.authority.Issued;
import loteria.tls.authority.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Certificates good and bad, each made once.
 */
public final class TestCertificates {

	private static final Instant NOW = Instant.now();

	private static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1));

	private static final Instant TOMORROW = NOW.plus(Duration.ofDays(1));

	public static final Authority AUTHORITY = authority("test authority");

	/** One that nobody trusts. */
	public static final Authority OTHER = authority("other authority");

	private static final Map<String, Issued> issued = new ConcurrentHashMap<>();

	private TestCertificates() {
	}

	private static Authority authority(String name) {
		try {
			return Authority.create(name, YESTERDAY.minus(Duration.ofDays(2)), TOMORROW);
		}
		catch (GeneralSecurityException ex) {
			throw new AssertionError(ex);
		}
	}

	public static Issued central() {
		return server("localhost", "127.0.0.1", "server");
	}

	public static Issued server(String... hosts) {
		return issued.computeIfAbsent(String.join(",", hosts),
				(_) -> issue(AUTHORITY, Subject.server("central", List.of(hosts)), YESTERDAY, TOMORROW));
	}

	public static Issued agency(int agency) {
		return issued.computeIfAbsent("agency " + agency,
				(_) -> issue(AUTHORITY, Subject.agency(agency), YESTERDAY, TOMORROW));
	}

	/** By nobody's authority. */
	public static Issued foreignAgency(int agency) {
		return issue(OTHER, Subject.agency(agency), YESTERDAY, TOMORROW);
	}

	public static Issued foreignCentral() {
		return issue(OTHER, Subject.server("central", List.of("localhost", "127.0.0.1")), YESTERDAY, TOMORROW);
	}

	public static Issued expired(Subject subject) {
		return issue(AUTHORITY, subject, YESTERDAY.minus(Duration.ofDays(1)), YESTERDAY);
	}

	public static Issued notYetValid(Subject subject) {
		return issue(AUTHORITY, subject, TOMORROW, TOMORROW.plus(Duration.ofDays(1)));
	}

	private static Issued issue(Authority authority, Subject subject, Instant from, Instant until) {
		try {
			return authority.issue(subject, from, until);
		}
		catch (GeneralSecurityException ex) {
			throw new AssertionError(ex);
		}
	}

	/**
	 * Writes {@code <name>.pem} and {@code <name>.key}, and {@code ca.pem}.
	 */
	public static void write(Path directory, String name, Issued issued) {
		try {
			Files.createDirectories(directory);
			Files.writeString(directory.resolve("ca.pem"), AUTHORITY.own().certificatePem());
			Files.writeString(directory.resolve(name + ".pem"), issued.certificatePem());
			Files.writeString(directory.resolve(name + ".key"), issued.keyPem());
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new AssertionError(ex);
		}
	}

	/**
	 * As our programs make it of files.
	 * @param issued what to show, or null for nothing
	 */
	public static SSLContext context(@Nullable Issued issued) {
		try {
			return TlsContexts.of(keys(issued), TlsContexts.trust(AUTHORITY.certificate()));
		}
		catch (GeneralSecurityException ex) {
			throw new AssertionError(ex);
		}
	}

	/** As others make it. */
	public static SSLContext plainContext(@Nullable Issued issued) {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(keys(issued), TlsContexts.trust(AUTHORITY.certificate()), null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new AssertionError(ex);
		}
	}

	private static KeyManager @Nullable [] keys(@Nullable Issued issued) throws GeneralSecurityException {
		return (issued == null) ? null : TlsContexts.keys(issued.key(), issued.certificate());
	}

}
