package loteria.bytes;

/**
 * Whole numbers in ASCII digits.
 */
public final class Digits {

	private Digits() {
	}

	/**
	 * @param most up to 18
	 * @return the value of 1 to {@code most} digits that fill the place from {@code from}
	 * to {@code end}, or &minus;1 where anything else stands there
	 */
	public static long value(byte[] bytes, int from, int end, int most) {
		if (from >= end || end - from > most) {
			return -1;
		}
		long value = 0;
		for (int i = from; i < end; i++) {
			int digit = bytes[i] - '0';
			if (digit < 0 || digit > 9) {
				return -1;
			}
			value = value * 10 + digit;
		}
		return value;
	}

	/**
	 * Writes {@code value}, which is not negative, without zeros in front.
	 * @return where it ends
	 */
	public static int put(long value, byte[] to, int at) {
		int end = at + length(value);
		long rest = value;
		for (int i = end - 1; i >= at; i--) {
			to[i] = (byte) ('0' + rest % 10);
			rest /= 10;
		}
		return end;
	}

	private static int length(long value) {
		int length = 1;
		for (long rest = value; rest > 9; rest /= 10) {
			length++;
		}
		return length;
	}

}
