package loteria.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks for one byte, eight at a time: every byte that arrives is looked at here once.
 */
public final class Scan {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long ONES = 0x0101_0101_0101_0101L;

	private static final long LOW_BITS = 0x7F7F_7F7F_7F7F_7F7FL;

	private Scan() {
	}

	/**
	 * @return where the first {@code wanted} between {@code from} and {@code end} is, or
	 * &minus;1
	 */
	public static int indexOf(byte wanted, byte[] bytes, int from, int end) {
		int at = from;
		for (; at <= end - Long.BYTES; at += Long.BYTES) {
			long matches = matches(wanted, bytes, at);
			if (matches != 0) {
				return at + Long.numberOfTrailingZeros(matches) / Byte.SIZE;
			}
		}
		for (; at < end; at++) {
			if (bytes[at] == wanted) {
				return at;
			}
		}
		return -1;
	}

	/** How many times {@code wanted} stands between {@code from} and {@code end}. */
	public static int count(byte wanted, byte[] bytes, int from, int end) {
		int count = 0;
		int at = from;
		for (; at <= end - Long.BYTES; at += Long.BYTES) {
			count += Long.bitCount(matches(wanted, bytes, at));
		}
		for (; at < end; at++) {
			if (bytes[at] == wanted) {
				count++;
			}
		}
		return count;
	}

	/**
	 * The bytes between {@code from} and {@code end} that are ASCII before the first that
	 * is not, or a few less: a multiple of eight.
	 */
	static int asciiEights(byte[] bytes, int from, int end) {
		int at = from;
		while (at <= end - Long.BYTES && ((long) LONGS.get(bytes, at) & ~LOW_BITS) == 0) {
			at += Long.BYTES;
		}
		return at - from;
	}

	/** The high bit of each of eight bytes that is {@code wanted}, and of no other. */
	private static long matches(byte wanted, byte[] bytes, int at) {
		long differences = (long) LONGS.get(bytes, at) ^ (wanted & 0xFF) * ONES;
		return ~((differences & LOW_BITS) + LOW_BITS | differences | LOW_BITS);
	}

}
