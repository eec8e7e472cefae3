package loteria.tls.authority;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;

import javax.security.auth.x500.X500Principal;

/**
 * A private certificate authority: keys on the curve P-256, certificates as RFC 5280 has
 * them.
 */
public final class Authority {

	private static final String KEYS = "EC";

	private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));

	private static final String BASIC_CONSTRAINTS = "2.5.29.19";

	private static final String KEY_USAGE = "2.5.29.15";

	private static final byte[] SIGNS_CERTIFICATES = Der.bits(1, (byte) 0x06);

	private static final byte[] SIGNS_HANDSHAKES = Der.bits(7, (byte) 0x80);

	/** For servers and for clients, in this order. */
	private static final byte[] PURPOSES = Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"), Der.oid("1.3.6.1.5.5.7.3.2"));

	private static final byte[] NOTHING = {};

	private static final SecureRandom random = new SecureRandom();

	private final Issued own;

	private Authority(Issued own) {
		this.own = own;
	}

	public static Authority create(String commonName, Instant from, Instant until) throws GeneralSecurityException {
		KeyPair keys = keys();
		X500Principal name = name(commonName);
		byte[] extensions = Der.sequence(
				critical(BASIC_CONSTRAINTS, Der.sequence(Der.TRUE, Der.integer(BigInteger.ZERO))),
				critical(KEY_USAGE, SIGNS_CERTIFICATES), keyIdentifier(keys.getPublic()));
		return new Authority(new Issued(sign(name, keys.getPrivate(), name, keys.getPublic(), from, until, extensions),
				keys.getPrivate()));
	}

	/**
	 * One that was made before.
	 * @throws GeneralSecurityException if {@code keyPem} is not the key of the
	 * certificate, or either is not what it should be
	 */
	public static Authority of(String certificatePem, String keyPem) throws GeneralSecurityException {
		try {
			Authority authority = new Authority(new Issued(certificate(bytes(certificatePem)),
					KeyFactory.getInstance(KEYS).generatePrivate(new PKCS8EncodedKeySpec(bytes(keyPem)))));
			authority.issue(Subject.agency(1), Instant.EPOCH, Instant.EPOCH)
				.certificate()
				.verify(authority.certificate().getPublicKey());
			return authority;
		}
		catch (IllegalArgumentException ex) {
			throw new GeneralSecurityException("not PEM", ex);
		}
	}

	public Issued issue(Subject subject, Instant from, Instant until) throws GeneralSecurityException {
		KeyPair keys = keys();
		byte[] names = subject.names().isEmpty() ? NOTHING
				: extension("2.5.29.17", Der.sequence(subject.names().toArray(byte[][]::new)));
		byte[] extensions = Der.sequence(critical(BASIC_CONSTRAINTS, Der.sequence()),
				critical(KEY_USAGE, SIGNS_HANDSHAKES), extension("2.5.29.37", PURPOSES), names,
				keyIdentifier(keys.getPublic()),
				extension("2.5.29.35", Der.sequence(Der.implicit(0, identifier(certificate().getPublicKey())))));
		return new Issued(sign(certificate().getSubjectX500Principal(), this.own.key(), name(subject.commonName()),
				keys.getPublic(), from, until, extensions), keys.getPrivate());
	}

	public X509Certificate certificate() {
		return this.own.certificate();
	}

	/** Its own certificate and key. */
	public Issued own() {
		return this.own;
	}

	private static X509Certificate sign(X500Principal issuer, PrivateKey signer, X500Principal subject, PublicKey key,
			Instant from, Instant until, byte[] extensions) throws GeneralSecurityException {
		byte[] content = Der.sequence(Der.explicit(0, Der.integer(BigInteger.TWO)),
				Der.integer(new BigInteger(127, random).add(BigInteger.ONE)), ECDSA_WITH_SHA256, issuer.getEncoded(),
				Der.sequence(Der.time(from), Der.time(until)), subject.getEncoded(), key.getEncoded(),
				Der.explicit(3, extensions));
		Signature signature = Signature.getInstance("SHA256withECDSA");
		signature.initSign(signer);
		signature.update(content);
		return certificate(Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(0, signature.sign())));
	}

	private static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
		return (X509Certificate) CertificateFactory.getInstance("X.509")
			.generateCertificate(new ByteArrayInputStream(der));
	}

	private static KeyPair keys() throws GeneralSecurityException {
		KeyPairGenerator generator = KeyPairGenerator.getInstance(KEYS);
		generator.initialize(new ECGenParameterSpec("secp256r1"));
		return generator.generateKeyPair();
	}

	private static X500Principal name(String commonName) {
		return new X500Principal("CN=\"" + commonName + "\"");
	}

	private static byte[] critical(String oid, byte[] content) {
		return Der.sequence(Der.oid(oid), Der.TRUE, Der.octets(content));
	}

	private static byte[] extension(String oid, byte[] content) {
		return Der.sequence(Der.oid(oid), Der.octets(content));
	}

	private static byte[] keyIdentifier(PublicKey key) throws GeneralSecurityException {
		return extension("2.5.29.14", Der.octets(identifier(key)));
	}

	/** Tells keys apart. */
	private static byte[] identifier(PublicKey key) throws GeneralSecurityException {
		return MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
	}

	private static byte[] bytes(String pem) {
		return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
	}

}
