package loteria.central.tcp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The bytes of a line of a transcript. Text stands for itself in UTF-8; besides there are
 * <ul>
 * <li>{@code \n}, {@code \r}, {@code \0}, and a backslash in front of any other character
 * for the character itself,
 * <li><code>{00 9e}</code> for bytes in hexadecimal,
 * <li>{@code (...)*68} for so many times what is between the parentheses,
 * <li>{@code $n} for the next of the numbers 1000000, 1000001, ..., {@code $4} for the
 * next of them as an integer of four bytes, {@code $i} for the next of 0, 1, 2, ... Each
 * line counts anew.
 * </ul>
 */
final class TranscriptBytes {

	private static final int FIRST_NUMBER = 1_000_000;

	private final String notation;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private int numbers = FIRST_NUMBER;

	private int integers = FIRST_NUMBER;

	private int indexes;

	private TranscriptBytes(String notation) {
		this.notation = notation;
	}

	static byte[] of(String notation) {
		TranscriptBytes parser = new TranscriptBytes(notation);
		int end = parser.append(0);
		if (end < notation.length()) {
			throw new IllegalArgumentException("a ) too many: " + notation);
		}
		return parser.bytes.toByteArray();
	}

	/** Bytes in this notation, as far as they are not text of one line in braces. */
	static String shown(byte[] bytes) {
		StringBuilder shown = new StringBuilder();
		for (char c : new String(bytes, StandardCharsets.UTF_8).toCharArray()) {
			if (c == '\n') {
				shown.append("\\n");
			}
			else if (Character.isISOControl(c) || c == '\uFFFD') {
				return "{" + HexFormat.ofDelimiter(" ").formatHex(bytes) + "}";
			}
			else {
				shown.append(c);
			}
		}
		return shown.toString();
	}

	/**
	 * Appends what begins at {@code from}.
	 * @return where it ends: at a closing parenthesis or behind all
	 */
	private int append(int from) {
		int at = from;
		while (at < this.notation.length() && this.notation.charAt(at) != ')') {
			at = switch (this.notation.charAt(at)) {
				case '\\' -> escaped(at + 1);
				case '{' -> hexadecimal(at + 1);
				case '(' -> repeated(at + 1);
				case '$' -> counted(at + 1);
				default -> text(at);
			};
		}
		return at;
	}

	private int escaped(int at) {
		String text = switch (this.notation.charAt(at)) {
			case 'n' -> "\n";
			case 'r' -> "\r";
			case '0' -> "\0";
			default -> this.notation.substring(at, at + 1);
		};
		append(text);
		return at + 1;
	}

	private int hexadecimal(int at) {
		int end = this.notation.indexOf('}', at);
		this.bytes.writeBytes(HexFormat.of().parseHex(this.notation.substring(at, end).replace(" ", "")));
		return end + 1;
	}

	private int repeated(int at) {
		int close = append(at);
		if (!this.notation.startsWith(")*", close)) {
			throw new IllegalArgumentException(")* expected at " + close + ": " + this.notation);
		}
		int end = close + 2;
		while (end < this.notation.length() && Character.isDigit(this.notation.charAt(end))) {
			end++;
		}
		int times = Integer.parseInt(this.notation.substring(close + 2, end));
		for (int i = 1; i < times; i++) {
			append(at);
		}
		return end;
	}

	private int counted(int at) {
		switch (this.notation.charAt(at)) {
			case 'n' -> append(Integer.toString(this.numbers++));
			case 'i' -> append(Integer.toString(this.indexes++));
			case '4' -> this.bytes.writeBytes(ByteBuffer.allocate(4).putInt(this.integers++).array());
			default -> throw new IllegalArgumentException("$n, $i or $4 expected at " + at + ": " + this.notation);
		}
		return at + 1;
	}

	private int text(int at) {
		int end = at + Character.charCount(this.notation.codePointAt(at));
		append(this.notation.substring(at, end));
		return end;
	}

	private void append(String text) {
		this.bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
	}

	/** What differs first between two long messages. */
	static String difference(byte[] actual, byte[] expected) {
		int at = Arrays.mismatch(actual, expected);
		return String.format(Locale.ROOT, "at byte %d of %d: got %s, expected %s of %d", at, actual.length,
				around(actual, at), around(expected, at), expected.length);
	}

	private static String around(byte[] bytes, int at) {
		return "\"" + shown(Arrays.copyOfRange(bytes, Math.min(at, bytes.length), Math.min(at + 100, bytes.length)))
				+ "\"";
	}

}
