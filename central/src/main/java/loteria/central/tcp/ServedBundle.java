package loteria.central.tcp;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import javax.net.ssl.SSLContext;

import loteria.tls.TlsContexts;
import loteria.tls.Validity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;

/**
 * A bundle of certificates in use. It is replaced while the central runs, for handshakes
 * that begin after that; what is worse than what there was is not taken.
 */
final class ServedBundle {

	private static final Logger log = LoggerFactory.getLogger(ServedBundle.class);

	private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

	private final String name;

	private volatile Current current;

	/**
	 * @throws UnusableBundleException if it can't serve
	 */
	ServedBundle(String name, SslBundle bundle) {
		this.name = name;
		this.current = use(bundle);
	}

	Current current() {
		return this.current;
	}

	/** Called by the thread that watches the files. */
	void replace(SslBundle bundle) {
		try {
			this.current = use(bundle);
		}
		catch (UnusableBundleException ex) {
			log.error("action: certificates | result: fail | bundle: {} | reason: {}; those before stay in use",
					this.name, ex.getMessage());
		}
	}

	private Current use(SslBundle bundle) {
		try {
			X509Certificate own = own(bundle.getStores().getKeyStore());
			String fault = Validity.fault(own);
			if (fault != null) {
				throw new UnusableBundleException("its certificate " + fault);
			}
			Current next = new Current(
					TlsContexts.of(bundle.getManagers().getKeyManagers(), bundle.getManagers().getTrustManagers()),
					protocols(bundle.getOptions().getEnabledProtocols()), bundle.getOptions().getCiphers(),
					bundle.getStores().getTrustStore() != null);
			log.info("action: certificates | result: success | bundle: {} | subject: {} | issuer: {} | until: {}",
					this.name, own.getSubjectX500Principal(), own.getIssuerX500Principal(),
					own.getNotAfter().toInstant());
			return next;
		}
		catch (GeneralSecurityException | IllegalStateException | IllegalArgumentException ex) {
			throw new UnusableBundleException(innermost(ex));
		}
	}

	private static X509Certificate own(@Nullable KeyStore store) throws KeyStoreException {
		if (store != null) {
			for (String alias : Collections.list(store.aliases())) {
				if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate certificate) {
					return certificate;
				}
			}
		}
		throw new UnusableBundleException("it has no certificate with its key, keystore.certificate and .private-key");
	}

	/** The newest alone, unless the bundle says otherwise. */
	private static String[] protocols(String @Nullable [] wanted) {
		if (wanted == null) {
			return new String[] { PROTOCOLS.getFirst() };
		}
		for (String protocol : wanted) {
			if (!PROTOCOLS.contains(protocol)) {
				throw new UnusableBundleException(
						"options.enabled-protocols has " + protocol + "; there are " + String.join(", ", PROTOCOLS));
			}
		}
		return Arrays.copyOf(wanted, wanted.length);
	}

	/** Which of the causes says it best: what was wrong with a file. */
	private static String innermost(Throwable thrown) {
		Throwable inner = thrown;
		while (inner.getCause() != null) {
			inner = inner.getCause();
		}
		return inner.getMessage() + ((inner == thrown) ? "" : " (" + thrown.getMessage() + ")");
	}

	/**
	 * What handshakes are made with now.
	 *
	 * @param trusts whether the bundle says whose certificates are good
	 */
	record Current(SSLContext context, String[] protocols, String @Nullable [] ciphers, boolean trusts) {
	}

	/**
	 * A bundle can't be used.
	 */
	static final class UnusableBundleException extends IllegalArgumentException {

		private static final long serialVersionUID = 1L;

		UnusableBundleException(String message) {
			super(message);
		}

	}

}
