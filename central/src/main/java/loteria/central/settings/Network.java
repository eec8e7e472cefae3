package loteria.central.settings;

import java.math.BigInteger;
import java.net.InetAddress;

/**
 * An address, or all that begin with the same bits.
 *
 * @param prefix how many bits they share
 */
public record Network(InetAddress address, int prefix) {

	/**
	 * @param text such as 10.0.1.7, 10.0.1.0/24, or fd00::/8
	 * @throws IllegalArgumentException if it is none, or has bits behind its prefix
	 */
	static Network parse(String text) {
		int slash = text.indexOf('/');
		InetAddress address = InetAddress.ofLiteral((slash < 0) ? text : text.substring(0, slash));
		int bits = address.getAddress().length * Byte.SIZE;
		int prefix = (slash < 0) ? bits : Integer.parseInt(text.substring(slash + 1));
		if (prefix < 0 || prefix > bits
				|| !head(address, bits - prefix).shiftLeft(bits - prefix).equals(head(address, 0))) {
			throw new IllegalArgumentException("no network: " + text);
		}
		return new Network(address, prefix);
	}

	boolean includes(InetAddress other) {
		int bits = this.address.getAddress().length * Byte.SIZE;
		return other.getAddress().length * Byte.SIZE == bits
				&& head(other, bits - this.prefix).equals(head(this.address, bits - this.prefix));
	}

	private static BigInteger head(InetAddress address, int without) {
		return new BigInteger(1, address.getAddress()).shiftRight(without);
	}

}
