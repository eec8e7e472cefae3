package loteria.bet;

/**
 * Judges a name in UTF-8, byte by byte.
 */
final class NameBytes {

	/** What a byte can be in a name; most are plain. */
	private static final byte PLAIN = 0;

	private static final byte QUOTED = 1;

	private static final byte LEAD = 2;

	private static final byte REFUSED = 3;

	private static final byte[] KINDS = kinds();

	private NameBytes() {
	}

	private static byte[] kinds() {
		byte[] kinds = new byte[256];
		for (int control = 0; control < ' '; control++) {
			kinds[control] = REFUSED;
		}
		kinds[0x7F] = REFUSED;
		kinds[','] = QUOTED;
		kinds['"'] = QUOTED;
		// of the control characters from U+0080 to U+009F
		kinds[0xC2] = LEAD;
		return kinds;
	}

	/**
	 * @param bytes valid UTF-8 between {@code from} and {@code end}
	 */
	static Kind kind(byte[] bytes, int from, int end) {
		if (from == end || end - from > BetRules.MAX_NAME_BYTES) {
			return Kind.NONE;
		}
		Kind kind = Kind.PLAIN;
		for (int at = from; at < end; at++) {
			switch (KINDS[bytes[at] & 0xFF]) {
				case PLAIN -> {
				}
				case QUOTED -> kind = Kind.QUOTED;
				case LEAD -> {
					if (isRefused(bytes, at)) {
						return Kind.NONE;
					}
				}
				default -> {
					return Kind.NONE;
				}
			}
		}
		return kind;
	}

	private static boolean isRefused(byte[] bytes, int at) {
		return (bytes[at + 1] & 0xFF) <= 0x9F;
	}

	/**
	 * What a text is.
	 */
	enum Kind {

		/** No name: empty, too long, or with a character that no name may have. */
		NONE,
		/** A name that stands in a row as it is. */
		PLAIN,
		/** A name that a row has in quotes. */
		QUOTED

	}

}
