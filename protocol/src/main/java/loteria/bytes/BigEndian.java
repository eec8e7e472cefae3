package loteria.bytes;

/**
 * Whole numbers in bytes, the highest first.
 */
public final class BigEndian {

	private BigEndian() {
	}

	/**
	 * @param length from 1 to 4
	 */
	public static long unsigned(byte[] bytes, int at, int length) {
		long value = 0;
		for (int i = at; i < at + length; i++) {
			value = value << Byte.SIZE | (bytes[i] & 0xFF);
		}
		return value;
	}

}
