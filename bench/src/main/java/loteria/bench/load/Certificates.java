package loteria.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLContext;

import loteria.local.certificates.Authority;
import loteria.local.certificates.Authority.Issued;
import loteria.local.certificates.Authority.Subject;
import loteria.tls.TlsContexts;

/**
 * Certificates for as long as measuring takes.
 */
public final class Certificates {

	static final String HOST = "127.0.0.1";

	private static final Duration LIFE = Duration.ofDays(1);

	private final Instant from = Clock.systemUTC().instant().minusSeconds(60);

	private final Authority authority;

	private final Map<Integer, SSLContext> agencies = new HashMap<>();

	public Certificates() throws GeneralSecurityException {
		this.authority = Authority.create("bench", this.from, this.from.plus(LIFE));
	}

	/** Of the agency of a connection, made when it is asked for first. */
	SSLContext agency(int agency) throws GeneralSecurityException {
		SSLContext context = this.agencies.get(agency);
		if (context == null) {
			Issued issued = this.authority.issue(Subject.agency(agency), this.from, this.from.plus(LIFE));
			context = TlsContexts.of(issued.key(), issued.certificate(), this.authority.own().certificate());
			this.agencies.put(agency, context);
		}
		return context;
	}

	/** Writes a central's certificate into a directory, and returns what tells it so. */
	public List<String> central(Path directory, String listener) throws IOException {
		try {
			Issued central = this.authority.issue(Subject.server("central", List.of(HOST)), this.from,
					this.from.plus(LIFE));
			String pem = "--spring.ssl.bundle.pem.bench.";
			return List.of("--central.listeners." + listener + ".ssl.bundle=bench",
					pem + "keystore.certificate=" + write(directory.resolve("central.pem"), central.certificatePem()),
					pem + "keystore.private-key=" + write(directory.resolve("central.key"), central.keyPem()),
					pem + "truststore.certificate="
							+ write(directory.resolve("ca.pem"), this.authority.own().certificatePem()));
		}
		catch (GeneralSecurityException ex) {
			throw new IOException("no certificate for the central", ex);
		}
	}

	private static String write(Path file, String text) throws IOException {
		return "file:" + Files.writeString(file, text);
	}

}
