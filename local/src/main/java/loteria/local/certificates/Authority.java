package loteria.local.certificates;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;

import loteria.tls.AgencyName;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A private certificate authority: keys on the curve P-256, certificates as RFC 5280 has
 * them.
 *
 * @param own its certificate and key
 */
public record Authority(Issued own) {

	private static final String KEYS = "EC";

	private static final SecureRandom random = new SecureRandom();

	public static Authority create(String commonName, Instant from, Instant until) throws GeneralSecurityException {
		return new Authority(issue(null, new Subject(commonName, List.of()), from, until));
	}

	/**
	 * One that was made before.
	 * @throws GeneralSecurityException if {@code keyPem} is not the key of the
	 * certificate, or either is not what it should be
	 */
	public static Authority of(String certificatePem, String keyPem) throws GeneralSecurityException {
		try {
			X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
				.generateCertificate(new ByteArrayInputStream(bytes(certificatePem)));
			PrivateKey key = KeyFactory.getInstance(KEYS).generatePrivate(new PKCS8EncodedKeySpec(bytes(keyPem)));
			Authority authority = new Authority(new Issued(certificate, key));
			authority.issue(Subject.agency(1), Instant.EPOCH, Instant.EPOCH)
				.certificate()
				.verify(certificate.getPublicKey());
			return authority;
		}
		catch (IllegalArgumentException ex) {
			throw new GeneralSecurityException("not PEM", ex);
		}
	}

	public Issued issue(Subject subject, Instant from, Instant until) throws GeneralSecurityException {
		return issue(this.own, subject, from, until);
	}

	/**
	 * @param issuer null for an authority itself
	 */
	private static Issued issue(@Nullable Issued issuer, Subject subject, Instant from, Instant until)
			throws GeneralSecurityException {
		KeyPairGenerator generator = KeyPairGenerator.getInstance(KEYS);
		generator.initialize(new ECGenParameterSpec("secp256r1"));
		KeyPair keys = generator.generateKeyPair();
		X500Name name = new X500NameBuilder().addRDN(BCStyle.CN, subject.commonName).build();
		X500Name by = (issuer == null) ? name
				: X500Name.getInstance(issuer.certificate.getSubjectX500Principal().getEncoded());
		X509v3CertificateBuilder certificate = new X509v3CertificateBuilder(by,
				new BigInteger(127, random).add(BigInteger.ONE), Date.from(from), Date.from(until), Locale.ROOT, name,
				SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
		JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
		try {
			certificate.addExtension(Extension.basicConstraints, true,
					(issuer == null) ? new BasicConstraints(0) : new BasicConstraints(false));
			certificate.addExtension(Extension.keyUsage, true, new KeyUsage(
					(issuer == null) ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature));
			certificate.addExtension(Extension.subjectKeyIdentifier, false,
					identifiers.createSubjectKeyIdentifier(keys.getPublic()));
			if (issuer != null) {
				certificate.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(
						new KeyPurposeId[] { KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth }));
				// without the serial number of the authority's certificate, which may be
				// renewed
				certificate.addExtension(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(
						identifiers.createAuthorityKeyIdentifier(issuer.certificate).getKeyIdentifierOctets()));
			}
			if (!subject.names.isEmpty()) {
				certificate.addExtension(Extension.subjectAlternativeName, false,
						new GeneralNames(subject.names.toArray(GeneralName[]::new)));
			}
			PrivateKey signer = (issuer == null) ? keys.getPrivate() : issuer.key;
			return new Issued(
					new JcaX509CertificateConverter().getCertificate(
							certificate.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer))),
					keys.getPrivate());
		}
		catch (IOException | OperatorCreationException ex) {
			throw new GeneralSecurityException(ex.getMessage(), ex);
		}
	}

	private static byte[] bytes(String pem) {
		return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
	}

	/**
	 * What a certificate is issued to.
	 *
	 * @param commonName for people
	 * @param names its subject alternative names
	 */
	public record Subject(String commonName, List<GeneralName> names) {

		public static Subject agency(int agency) {
			return new Subject("agency-" + agency,
					List.of(new GeneralName(GeneralName.uniformResourceIdentifier, AgencyName.of(agency))));
		}

		/**
		 * @param hosts names and addresses by which agencies reach it
		 * @throws IllegalArgumentException if one of them is neither
		 */
		public static Subject server(String commonName, List<String> hosts) {
			return new Subject(commonName, hosts.stream().map(Subject::host).toList());
		}

		private static GeneralName host(String host) {
			if (host.matches("[0-9.]+") || host.indexOf(':') >= 0) {
				try {
					// digits, dots and colons: nothing is looked up
					return new GeneralName(GeneralName.iPAddress,
							new DEROctetString(InetAddress.getByName(host).getAddress()));
				}
				catch (UnknownHostException ex) {
					throw new IllegalArgumentException("'" + host + "' is no address", ex);
				}
			}
			if (!host.matches("(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?")) {
				throw new IllegalArgumentException("'" + host + "' is no name of a host");
			}
			return new GeneralName(GeneralName.dNSName, host);
		}

	}

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

}
