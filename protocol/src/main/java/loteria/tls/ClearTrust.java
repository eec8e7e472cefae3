package loteria.tls;

import java.net.Socket;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.security.auth.x500.X500Principal;

import loteria.bet.InvalidBet;
import loteria.tls.TlsFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Trusts the certificates that another trust manager trusts, and says clearly why not. A
 * client's certificate must name an agency besides.
 */
final class ClearTrust extends X509ExtendedTrustManager {

	private final X509ExtendedTrustManager trust;

	ClearTrust(X509ExtendedTrustManager trust) {
		this.trust = trust;
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
		check(chain, engine, () -> this.trust.checkClientTrusted(chain, type, engine));
		requireAgency(chain[0]);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
		check(chain, engine, () -> this.trust.checkServerTrusted(chain, type, engine));
	}

	private static void requireAgency(X509Certificate certificate) throws CertificateException {
		if (AgencyName.in(certificate).isEmpty()) {
			throw new RefusedCertificate(Kind.OTHER_NAME, "the certificate of " + subject(certificate)
					+ " names no agency, or several: it takes one urn:loteria:agency:<n>", null);
		}
	}

	private static void check(X509Certificate[] chain, SSLEngine engine, Check check) throws CertificateException {
		try {
			check.run();
		}
		catch (CertificateException ex) {
			throw clear(chain[0], engine, ex);
		}
	}

	private static CertificateException clear(X509Certificate certificate, SSLEngine engine, CertificateException ex) {
		String subject = "the certificate of " + subject(certificate);
		CertPathValidatorException path = path(ex);
		RefusedCertificate outOfDate = Validity.refusal(certificate, path);
		if (outOfDate != null) {
			return outOfDate;
		}
		if (path != null && path.getReason() == BasicReason.EXPIRED) {
			return new RefusedCertificate(Kind.EXPIRED, subject + " is by an authority whose own has expired", path);
		}
		if (path == null && String.valueOf(ex.getMessage()).startsWith("No ")) {
			return new RefusedCertificate(Kind.OTHER_NAME,
					subject + " is for " + hosts(certificate) + ", not for " + engine.getPeerHost(), ex);
		}
		return new RefusedCertificate(Kind.UNTRUSTED, subject + " is by " + name(certificate.getIssuerX500Principal())
				+ ", or by who has that name, and that is not trusted here", (path != null) ? path : ex);
	}

	private static @Nullable CertPathValidatorException path(Throwable thrown) {
		for (Throwable each = thrown; each != null; each = each.getCause()) {
			if (each instanceof CertPathValidatorException path) {
				return path;
			}
		}
		return null;
	}

	static String subject(X509Certificate certificate) {
		return name(certificate.getSubjectX500Principal());
	}

	private static String name(X500Principal principal) {
		return InvalidBet.printable(principal.getName());
	}

	private static String hosts(X509Certificate certificate) {
		try {
			Collection<List<?>> names = certificate.getSubjectAlternativeNames();
			return (names == null || names.isEmpty()) ? "no host"
					: names.stream()
						.map((name) -> InvalidBet.printable(String.valueOf(name.get(1))))
						.collect(Collectors.joining(", "));
		}
		catch (CertificateParsingException ex) {
			return "names that can't be read";
		}
	}

	/**
	 * A client that is told which authorities are trusted keeps any other certificate to
	 * itself, and what is wrong with it can't be told then.
	 */
	@Override
	public X509Certificate[] getAcceptedIssuers() {
		return new X509Certificate[0];
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String type) {
		throw new UnsupportedOperationException("only engines ask");
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String type) {
		throw new UnsupportedOperationException("only engines ask");
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
		throw new UnsupportedOperationException("only engines ask");
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
		throw new UnsupportedOperationException("only engines ask");
	}

	/** What another trust manager has to say. */
	private interface Check {

		void run() throws CertificateException;

	}

}
