package loteria.tls;

import java.nio.ByteBuffer;

import javax.net.ssl.SSLException;

/**
 * What a record of TLS begins with, by which a peer without TLS is told from one with it:
 * RFC 8446 section 5.1.
 */
public final class TlsRecord {

	/** A fatal alert, in plain, for a peer without TLS: unexpected message. */
	private static final byte[] NOT_UNDERSTOOD = { 21, 3, 3, 0, 2, 2, 10 };

	/** Of a record: change of cipher, alert, handshake, data. */
	private static final int FIRST_TYPE = 20;

	private static final int LAST_TYPE = 23;

	private static final byte ALERT = 21;

	private static final byte HANDSHAKE = 22;

	/** Of a record, the larger number: that of SSL 3.0 and of all TLS. */
	private static final byte VERSION = 3;

	/** The smaller number: that of TLS 1.3. */
	private static final byte NEWEST = 4;

	/** More than a record may be. */
	private static final int MAX_BUFFER = 64 * 1024;

	private TlsRecord() {
	}

	/** Whether a TLS client begins like this, which a plain listener then reads. */
	public static boolean isHello(byte first, byte second, byte third) {
		return first == HANDSHAKE && second == VERSION && third >= 0 && third <= NEWEST;
	}

	/** Whether a TLS server answers a plain client like this. */
	public static boolean isAlert(byte first, byte second, byte third) {
		return first == ALERT && second == VERSION && third >= 0 && third <= NEWEST;
	}

	/** Whether a record may begin like this. */
	static boolean begins(byte first) {
		return first >= FIRST_TYPE && first <= LAST_TYPE;
	}

	static byte[] notUnderstood() {
		return NOT_UNDERSTOOD.clone();
	}

	/**
	 * How large a buffer is to be where one like this is too small.
	 * @throws SSLException if it has room for whatever a record may be
	 */
	static int larger(ByteBuffer buffer) throws SSLException {
		if (buffer.capacity() >= MAX_BUFFER) {
			throw new SSLException("a record larger than records may be");
		}
		return Math.max(buffer.capacity(), 1) * 2;
	}

}
