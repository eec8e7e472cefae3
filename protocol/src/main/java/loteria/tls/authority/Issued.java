package loteria.tls.authority;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * A certificate with its key, and how both are written to files.
 */
public record Issued(X509Certificate certificate, PrivateKey key) {

	public String certificatePem() throws GeneralSecurityException {
		return pem("CERTIFICATE", this.certificate.getEncoded());
	}

	public String keyPem() {
		return pem("PRIVATE KEY", this.key.getEncoded());
	}

	private static String pem(String type, byte[] bytes) {
		return "-----BEGIN " + type + "-----\n"
				+ Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes)
				+ "\n-----END " + type + "-----\n";
	}

	/** Without its key. */
	@Override
	public String toString() {
		return this.certificate.getSubjectX500Principal() + " until " + this.certificate.getNotAfter().toInstant();
	}

}
