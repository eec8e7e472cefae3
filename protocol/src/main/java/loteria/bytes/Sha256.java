package loteria.bytes;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 as {@code sha256sum} says it.
 */
public final class Sha256 {

	private Sha256() {
	}

	public static MessageDigest digest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

	/**
	 * Of all bytes so far: 64 digits, lower case. The digest goes on with what comes
	 * next.
	 */
	public static String hex(MessageDigest digest) {
		return HexFormat.of().formatHex(copyOf(digest).digest());
	}

	public static MessageDigest copyOf(MessageDigest digest) {
		try {
			return (MessageDigest) digest.clone();
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException("every Java platform can copy its SHA-256", ex);
		}
	}

}
