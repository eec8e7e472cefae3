package loteria.bet;

import java.nio.charset.StandardCharsets;

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

	/**
	 * Those of the first byte of each character that is not {@link Texts#isPlain plain}.
	 */
	private static byte[] calls() {
		byte[] calls = new byte[256];
		for (char c = 0; c < Character.MIN_SURROGATE; c++) {
			callFor(c, calls);
		}
		for (int c = Character.MAX_SURROGATE + 1; c <= Character.MAX_VALUE; c++) {
			callFor((char) c, calls);
		}
		calls[','] = QUOTES;
		calls['"'] = QUOTES;
		return calls;
	}

	private static void callFor(char c, byte[] calls) {
		if (!Texts.isPlain(c)) {
			byte[] utf8 = String.valueOf(c).getBytes(StandardCharsets.UTF_8);
			calls[utf8[0] & 0xFF] = (utf8.length == 1) ? REFUSAL : A_LOOK_BEHIND;
		}
	}

	/**
	 * Where a name begins behind what is {@linkplain Texts#isUnseen unseen}.
	 * @param bytes valid UTF-8 between {@code from} and {@code end}
	 */
	static int begin(byte[] bytes, int from, int end) {
		int at = from;
		while (at < end && isUnseen(bytes, at)) {
			at += (bytes[at] >= 0) ? 1 : ((bytes[at] & 0x20) == 0) ? 2 : 3;
		}
		return at;
	}

	/** Where it ends before what is unseen. */
	static int end(byte[] bytes, int from, int end) {
		int behind = end;
		while (behind > from) {
			int last = behind - 1;
			while ((bytes[last] & 0xC0) == 0x80) {
				last--;
			}
			if (!isUnseen(bytes, last)) {
				break;
			}
			behind = last;
		}
		return behind;
	}

	/** None of four bytes is. */
	private static boolean isUnseen(byte[] bytes, int at) {
		byte lead = bytes[at];
		return (lead >= 0) ? lead == ' ' : (lead & 0xF0) != 0xF0 && Texts.isUnseen(character(bytes, at));
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
			if (CALLS[bytes[at] & 0xFF] == A_LOOK_BEHIND && !Texts.isPlain(character(bytes, at))) {
				return true;
			}
		}
		return false;
	}

	/** The character of two or three bytes that begins at {@code at}. */
	private static int character(byte[] bytes, int at) {
		int second = bytes[at + 1] & 0x3F;
		return ((bytes[at] & 0x20) == 0) ? (bytes[at] & 0x1F) << 6 | second
				: (bytes[at] & 0x0F) << 12 | second << 6 | bytes[at + 2] & 0x3F;
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
