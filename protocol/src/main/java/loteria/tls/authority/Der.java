package loteria.tls.authority;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes the parts of DER (X.690) that a certificate needs.
 */
final class Der {

	static final byte[] TRUE = value(0x01, new byte[] { (byte) 0xFF });

	private static final int OID = 0x06;

	private static final DateTimeFormatter UTC_TIME = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter GENERALIZED_TIME = DateTimeFormatter
		.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	/** From here on two digits of a year are too few (RFC 5280, 4.1.2.5). */
	private static final Instant LONG_YEARS = Instant.parse("2050-01-01T00:00:00Z");

	private Der() {
	}

	static byte[] sequence(byte[]... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			all.writeBytes(part);
		}
		return value(0x30, all.toByteArray());
	}

	static byte[] integer(BigInteger number) {
		return value(0x02, number.toByteArray());
	}

	/**
	 * @param unused bits at the end of the last byte
	 */
	static byte[] bits(int unused, byte... bytes) {
		byte[] content = new byte[bytes.length + 1];
		content[0] = (byte) unused;
		System.arraycopy(bytes, 0, content, 1, bytes.length);
		return value(0x03, content);
	}

	static byte[] octets(byte... bytes) {
		return value(0x04, bytes);
	}

	/**
	 * @param dotted such as {@code 2.5.29.17}
	 */
	static byte[] oid(String dotted) {
		String[] arcs = dotted.split("\\.");
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		content.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
		for (int i = 2; i < arcs.length; i++) {
			int arc = Integer.parseInt(arcs[i]);
			for (int shift = 28; shift > 0; shift -= 7) {
				if (arc >>> shift != 0) {
					content.write(arc >>> shift & 0x7F | 0x80);
				}
			}
			content.write(arc & 0x7F);
		}
		return value(OID, content.toByteArray());
	}

	static byte[] time(Instant time) {
		return time.isBefore(LONG_YEARS) ? value(0x17, ascii(UTC_TIME.format(time)))
				: value(0x18, ascii(GENERALIZED_TIME.format(time)));
	}

	/** A context-specific tag around what is complete in itself. */
	static byte[] explicit(int tag, byte[] content) {
		return value(0xA0 | tag, content);
	}

	/** A context-specific tag in place of that of a string. */
	static byte[] implicit(int tag, byte[] content) {
		return value(0x80 | tag, content);
	}

	static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static byte[] value(int tag, byte[] content) {
		ByteArrayOutputStream all = new ByteArrayOutputStream(content.length + 4);
		all.write(tag);
		if (content.length >= 0x100) {
			all.write(0x82);
			all.write(content.length >>> 8);
		}
		else if (content.length >= 0x80) {
			all.write(0x81);
		}
		all.write(content.length);
		all.writeBytes(content);
		return all.toByteArray();
	}

}
