package loteria.tls;

import java.security.cert.CertificateException;

import loteria.tls.TlsFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The certificate of a peer is not good enough, and why.
 */
final class RefusedCertificate extends CertificateException {

	private static final long serialVersionUID = 1L;

	private final Kind kind;

	/**
	 * @param cause of which the provider makes the alert that the peer is sent
	 */
	RefusedCertificate(Kind kind, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.kind = kind;
	}

	Kind kind() {
		return this.kind;
	}

}
