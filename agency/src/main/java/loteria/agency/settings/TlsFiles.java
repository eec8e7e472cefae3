package loteria.agency.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

import loteria.agency.ending.Failure;
import loteria.process.FileProblem;
import loteria.process.SettingsFile;
import loteria.tls.AgencyName;
import loteria.tls.TlsContexts;
import loteria.tls.Validity;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;

/**
 * Reads certificates and keys, and refuses those of which it is certain that no central
 * will have them.
 */
final class TlsFiles {

	private final int agency;

	TlsFiles(int agency) {
		this.agency = agency;
	}

	Tls read(Given ca, @Nullable Given certificate, @Nullable Given key) throws Failure {
		PemSslStore trusted = PemSslStore.of(certificates(ca), null);
		PemSslStore own = (certificate == null || key == null) ? null : own(certificate, key);
		try {
			SslManagerBundle managers = SslBundle.of(new PemSslStoreBundle(own, trusted)).getManagers();
			return new Tls(
					TlsContexts.of((own == null) ? null : managers.getKeyManagers(), managers.getTrustManagers()),
					ca.value(), (certificate == null) ? "none" : certificate.value());
		}
		catch (GeneralSecurityException | IllegalStateException ex) {
			throw refused(ca, String.valueOf(ex.getMessage()));
		}
	}

	private PemSslStore own(Given certificate, Given key) throws Failure {
		List<X509Certificate> chain = certificates(certificate);
		X509Certificate first = chain.getFirst();
		String fault = Validity.fault(first);
		if (fault != null) {
			throw refused(certificate, "the certificate " + fault);
		}
		OptionalInt named = AgencyName.in(first);
		if (named.isPresent() && named.getAsInt() != this.agency) {
			throw refused(certificate,
					"it is the certificate of agency " + named.getAsInt() + ", and this is agency " + this.agency);
		}
		PrivateKey secret = key(key);
		if (!fits(secret, first)) {
			throw refused(key, "it is not the key of " + certificate.value());
		}
		return PemSslStore.of(chain, secret);
	}

	private static List<X509Certificate> certificates(Given given) throws Failure {
		List<X509Certificate> certificates = read(given, PemContent::getCertificates);
		if (certificates.isEmpty()) {
			throw refused(given, "there is no certificate in it");
		}
		return certificates;
	}

	private static PrivateKey key(Given given) throws Failure {
		PrivateKey key = read(given, PemContent::getPrivateKey);
		if (key == null) {
			throw refused(given, "there is no private key in it");
		}
		return key;
	}

	private static <T extends @Nullable Object> T read(Given given, Function<PemContent, T> part) throws Failure {
		Path file = SettingsReader.file(given);
		try {
			return part.apply(PemContent.of(new String(SettingsFile.read(file), StandardCharsets.UTF_8)));
		}
		catch (IOException ex) {
			throw refused(given, FileProblem.of(ex));
		}
		catch (IllegalStateException | IllegalArgumentException ex) {
			throw refused(given, "it can't be read: " + ex.getMessage());
		}
	}

	/** Whether what one signs the other acknowledges. */
	private static boolean fits(PrivateKey key, X509Certificate certificate) {
		String keys = key.getAlgorithm();
		if (!keys.equals(certificate.getPublicKey().getAlgorithm())) {
			return false;
		}
		try {
			Signature signature = Signature.getInstance(switch (keys) {
				case "EC" -> "SHA256withECDSA";
				case "RSA" -> "SHA256withRSA";
				default -> keys;
			});
			byte[] something = { 1, 2, 3 };
			signature.initSign(key);
			signature.update(something);
			byte[] signed = signature.sign();
			signature.initVerify(certificate.getPublicKey());
			signature.update(something);
			return signature.verify(signed);
		}
		catch (InvalidKeyException ex) {
			return false;
		}
		catch (GeneralSecurityException ex) {
			// not for this to judge: the handshake will
			return true;
		}
	}

	private static Failure refused(Given given, String reason) {
		return Given.refused(given.key().toString(), given.value(), given.key().allowed() + "; " + reason,
				given.from());
	}

}
