package loteria.bet;

/**
 * Judges a name in UTF-8.
 */
final class NameBytes {

	/** What a byte in a name may call for; most call for nothing. */
	private static final byte QUOTES = 1;

	private static final byte A_LOOK_BEHIND = 2;

	private static final byte REFUSAL = 4;

	private static final byte[] CALLS = calls();

	private NameBytes() {
	}

	private static byte[] calls() {
		byte[] calls = new byte[256];
		for (int control = 0; control < ' '; control++) {
			calls[control] = REFUSAL;
		}
		calls[0x7F] = REFUSAL;
		calls[','] = QUOTES;
		calls['"'] = QUOTES;
		calls[0xC2] = A_LOOK_BEHIND;
		return calls;
	}

	/**
	 * @param bytes valid UTF-8 between {@code from} and {@code end}
	 */
	static Kind kind(byte[] bytes, int from, int end) {
		if (from == end || end - from > BetRules.MAX_NAME_BYTES) {
			return Kind.NONE;
		}
		int calls = 0;
		for (int at = from; at < end; at++) {
			calls |= CALLS[bytes[at] & 0xFF];
		}
		if (calls == 0) {
			return Kind.PLAIN;
		}
		if ((calls & REFUSAL) != 0 || ((calls & A_LOOK_BEHIND) != 0 && hasRefused(bytes, from, end))) {
			return Kind.NONE;
		}
		return ((calls & QUOTES) != 0) ? Kind.QUOTED : Kind.PLAIN;
	}

	private static boolean hasRefused(byte[] bytes, int from, int end) {
		for (int at = from; at < end; at++) {
			if (CALLS[bytes[at] & 0xFF] == A_LOOK_BEHIND && isRefused(bytes, at)) {
				return true;
			}
		}
		return false;
	}

	/** Whether the character at {@code at} is one of the controls up to U+009F. */
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
