package loteria.central.tcp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes messages that are nearly right out of right ones.
 */
final class Mutation {

	/** What means something in some dialect, or at the edge of a rule. */
	private static final List<byte[]> TRICKY = List
		.of("\n", "\r\n", ";", "~", "#", ":", ",", "\"", "@0#", "DONE:", "S:1", "F:1\nFINISHED\n", "H:1\n", "V:1\n",
				"E:1\n", "END_MESSAGE", "0", "1", "-1", "2147483647", "4294967295", "9999999999",
				"99999999999999999999", "\0", "\u00ff", "\u00c3", "\u00e2\u0080\u00a8", "|", "2000-02-30",
				"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")
		.stream()
		.map((text) -> text.getBytes(StandardCharsets.ISO_8859_1))
		.toList();

	private final Random random;

	private final List<byte[]> seeds;

	Mutation(Random random, List<byte[]> seeds) {
		this.random = random;
		this.seeds = seeds;
	}

	/** One of the seeds, sometimes as it is. */
	byte[] next() {
		byte[] bytes = any(this.seeds);
		for (int left = this.random.nextInt(5); left > 0; left--) {
			bytes = changed(bytes);
		}
		return bytes;
	}

	private byte[] changed(byte[] bytes) {
		int at = this.random.nextInt(bytes.length + 1);
		int end = Math.min(bytes.length, at + 1 + this.random.nextInt(16));
		return switch (this.random.nextInt(7)) {
			case 0 -> joined(bytes, at, new byte[] { (byte) this.random.nextInt(256) }, end);
			case 1 -> joined(bytes, at, any(TRICKY), at);
			case 2 -> joined(bytes, at, any(TRICKY), end);
			case 3 -> joined(bytes, at, new byte[0], end);
			case 4 -> joined(bytes, end, Arrays.copyOfRange(bytes, at, end), end);
			case 5 -> joined(bytes, at, any(this.seeds), at);
			default -> {
				byte[] flipped = bytes.clone();
				if (at < flipped.length) {
					flipped[at] ^= (byte) (1 << this.random.nextInt(8));
				}
				yield flipped;
			}
		};
	}

	/** Up to {@code at}, what is put in, and from {@code behind} on. */
	private static byte[] joined(byte[] bytes, int at, byte[] part, int behind) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		joined.write(bytes, 0, at);
		joined.writeBytes(part);
		joined.write(bytes, behind, bytes.length - behind);
		return joined.toByteArray();
	}

	private byte[] any(List<byte[]> list) {
		return list.get(this.random.nextInt(list.size()));
	}

}
