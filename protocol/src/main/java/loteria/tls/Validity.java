package loteria.tls;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;

import loteria.tls.TlsFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Whether a certificate is out of date.
 */
public final class Validity {

	private Validity() {
	}

	/**
	 * @return what is wrong with its dates, in words that follow "the certificate", or
	 * null if it is valid now
	 */
	public static @Nullable String fault(X509Certificate certificate) {
		try {
			certificate.checkValidity();
			return null;
		}
		catch (CertificateExpiredException ex) {
			return "expired on " + certificate.getNotAfter().toInstant();
		}
		catch (CertificateNotYetValidException ex) {
			return "is not valid before " + certificate.getNotBefore().toInstant() + ", by the clock of this machine";
		}
	}

	static @Nullable RefusedCertificate refusal(X509Certificate certificate, @Nullable Throwable cause) {
		String fault = fault(certificate);
		return (fault == null) ? null : new RefusedCertificate(Kind.EXPIRED,
				"the certificate of " + ClearTrust.subject(certificate) + " " + fault, cause);
	}

}
