package loteria.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;

/**
 * Makes contexts whose failures are clear.
 */
public final class TlsContexts {

	/** Seconds until who has been here before has to show its certificate again. */
	private static final int SESSION_TIMEOUT = 3600;

	private TlsContexts() {
	}

	/**
	 * @param keys null for none
	 */
	public static SSLContext of(KeyManager @Nullable [] keys, TrustManager[] trust) throws GeneralSecurityException {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys, Arrays.stream(trust).map(TlsContexts::clear).toArray(TrustManager[]::new), null);
		context.getServerSessionContext().setSessionTimeout(SESSION_TIMEOUT);
		return context;
	}

	/**
	 * For one certificate, and one authority.
	 */
	public static SSLContext of(PrivateKey key, X509Certificate certificate, X509Certificate trusted)
			throws GeneralSecurityException {
		return of(keys(key, certificate), trust(trusted));
	}

	public static KeyManager[] keys(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
		KeyStore store = store();
		char[] password = {};
		store.setKeyEntry("own", key, password, new Certificate[] { certificate });
		KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		factory.init(store, password);
		return factory.getKeyManagers();
	}

	public static TrustManager[] trust(X509Certificate authority) throws GeneralSecurityException {
		KeyStore store = store();
		store.setCertificateEntry("authority", authority);
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(store);
		return factory.getTrustManagers();
	}

	private static KeyStore store() throws GeneralSecurityException {
		try {
			KeyStore store = KeyStore.getInstance("PKCS12");
			store.load(null, null);
			return store;
		}
		catch (IOException ex) {
			throw new GeneralSecurityException("a store of nothing can't be made", ex);
		}
	}

	private static TrustManager clear(TrustManager trust) {
		return (trust instanceof X509ExtendedTrustManager extended) ? new ClearTrust(extended) : trust;
	}

}
