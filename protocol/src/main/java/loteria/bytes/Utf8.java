package loteria.bytes;

/**
 * Tells whether bytes are UTF-8, as strictly as Java's own decoder: nothing longer than
 * need be, no halves of surrogate pairs, nothing above U+10FFFF.
 */
final class Utf8 {

	private Utf8() {
	}

	static boolean isValid(byte[] bytes, int from, int end) {
		int at = from;
		while (at < end) {
			at += Scan.asciiEights(bytes, at, end);
			while (at < end && bytes[at] >= 0) {
				at++;
			}
			while (at < end && bytes[at] < 0) {
				int length = characterLength(bytes, at, end);
				if (length == 0) {
					return false;
				}
				at += length;
			}
		}
		return true;
	}

	/**
	 * @return the bytes of the character at {@code at}, which is not ASCII, or 0 if it is
	 * none
	 */
	private static int characterLength(byte[] bytes, int at, int end) {
		int lead = bytes[at] & 0xFF;
		int length = (lead < 0xE0) ? 2 : (lead < 0xF0) ? 3 : 4;
		if (lead < 0xC2 || lead > 0xF4 || at + length > end) {
			return 0;
		}
		int second = bytes[at + 1] & 0xFF;
		int least = (lead == 0xE0) ? 0xA0 : (lead == 0xF0) ? 0x90 : 0x80;
		int most = (lead == 0xED) ? 0x9F : (lead == 0xF4) ? 0x8F : 0xBF;
		if (second < least || second > most) {
			return 0;
		}
		for (int i = 2; i < length; i++) {
			if ((bytes[at + i] & 0xC0) != 0x80) {
				return 0;
			}
		}
		return length;
	}

}
