package loteria.tls.authority;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

import loteria.tls.AgencyName;

/**
 * Whom a certificate is for.
 *
 * @param commonName for people
 * @param names its subject alternative names, in DER
 */
public record Subject(String commonName, List<byte[]> names) {

	private static final int URI = 6;

	private static final int DNS = 2;

	private static final int ADDRESS = 7;

	public static Subject agency(int agency) {
		return new Subject("agency-" + agency, List.of(Der.implicit(URI, Der.ascii(AgencyName.of(agency)))));
	}

	/**
	 * @param hosts names and addresses by which agencies reach it
	 * @throws IllegalArgumentException if one of them is neither
	 */
	public static Subject server(String commonName, List<String> hosts) {
		List<byte[]> names = new ArrayList<>();
		for (String host : hosts) {
			names.add(host(host));
		}
		return new Subject(commonName, names);
	}

	private static byte[] host(String host) {
		if (host.matches("[0-9.]+") || host.indexOf(':') >= 0) {
			try {
				// digits, dots and colons: nothing is looked up
				return Der.implicit(ADDRESS, InetAddress.getByName(host).getAddress());
			}
			catch (UnknownHostException ex) {
				throw new IllegalArgumentException("'" + host + "' is no address", ex);
			}
		}
		if (!host.matches("(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?")) {
			throw new IllegalArgumentException("'" + host + "' is no name of a host");
		}
		return Der.implicit(DNS, Der.ascii(host));
	}

}
