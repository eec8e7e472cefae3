package loteria.protocol;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Bytes written by hand, and their arrival on a connection.
 */
public final class Bytes {

	private Bytes() {
	}

	/**
	 * Joins parts: text (as UTF-8), integers (a byte each) and bytes.
	 */
	public static byte[] of(Object... parts) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		for (Object part : parts) {
			switch (part) {
				case String text -> joined.writeBytes(text.getBytes(StandardCharsets.UTF_8));
				case Integer value -> joined.write(value);
				case byte[] bytes -> joined.writeBytes(bytes);
				default -> throw new IllegalArgumentException(part.toString());
			}
		}
		return joined.toByteArray();
	}

	/** Bytes in hexadecimal; blanks are for the reader. */
	public static byte[] hex(String digits) {
		return HexFormat.of().parseHex(digits.replace(" ", ""));
	}

	public static byte[] zeros(int count) {
		return new byte[count];
	}

	/** A connection on which these parts have arrived. */
	public static Inbound arrived(Object... parts) {
		Inbound in = new Inbound();
		arrive(in, of(parts));
		return in;
	}

	public static void arrive(Inbound in, byte[] bytes) {
		ByteArrayInputStream stream = new ByteArrayInputStream(bytes);
		while (stream.available() > 0) {
			fill(in, stream);
		}
	}

	/** The peer closes. */
	public static void end(Inbound in) {
		fill(in, new ByteArrayInputStream(new byte[0]));
	}

	private static void fill(Inbound in, ByteArrayInputStream stream) {
		try {
			in.fill(stream);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static byte[] from(byte[] bytes, int index) {
		return Arrays.copyOfRange(bytes, index, bytes.length);
	}

}
