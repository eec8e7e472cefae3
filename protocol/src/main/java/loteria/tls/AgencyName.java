package loteria.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

import loteria.bet.BetRules;

/**
 * The agency that a certificate is of: {@code urn:loteria:agency:<n>} among its subject
 * alternative names, or as its common name.
 */
public final class AgencyName {

	private static final String PREFIX = "urn:loteria:agency:";

	private static final int URI = 6;

	private AgencyName() {
	}

	public static String of(int agency) {
		return PREFIX + agency;
	}

	/**
	 * @return the agency; empty where the certificate names none, or more than one
	 */
	public static OptionalInt in(X509Certificate certificate) {
		int[] agencies = names(certificate).stream()
			.filter((name) -> name.startsWith(PREFIX))
			.mapToInt((name) -> BetRules.agency(name.substring(PREFIX.length())))
			.distinct()
			.toArray();
		return (agencies.length == 1 && agencies[0] >= 1) ? OptionalInt.of(agencies[0]) : OptionalInt.empty();
	}

	private static List<String> names(X509Certificate certificate) {
		List<String> names = new ArrayList<>();
		try {
			Collection<List<?>> alternative = certificate.getSubjectAlternativeNames();
			if (alternative != null) {
				alternative.stream()
					.filter((name) -> Integer.valueOf(URI).equals(name.getFirst()))
					.forEach((name) -> names.add(String.valueOf(name.get(1))));
			}
			for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
				if (part.getType().equalsIgnoreCase("CN")) {
					names.add(String.valueOf(part.getValue()));
				}
			}
			return names;
		}
		catch (CertificateParsingException | InvalidNameException ex) {
			// names that can't be read are none
			return List.of();
		}
	}

}
