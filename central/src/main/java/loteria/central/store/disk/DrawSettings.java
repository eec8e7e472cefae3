package loteria.central.store.disk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What of a draw's settings must not change once a store is made for it.
 *
 * @param name empty after a salvage that could not know them
 */
public record DrawSettings(String name, int winningNumber) {

	public static final DrawSettings UNKNOWN = new DrawSettings("", 0);

	static final int BYTES = 512;

	static final int VERSION = 2;

	private static final int MAX_NAME = 400;

	private static final byte[] MAGIC = "\u00fflottery".getBytes(StandardCharsets.ISO_8859_1);

	private static final int CHECKED = BYTES - Integer.BYTES;

	byte[] encode() {
		byte[] bytes = new byte[BYTES];
		byte[] text = this.name.getBytes(StandardCharsets.UTF_8);
		ByteBuffer.wrap(bytes).put(MAGIC).putInt(VERSION).putInt(this.winningNumber).putInt(text.length).put(text);
		ByteBuffer.wrap(bytes).putInt(CHECKED, Checks.of(bytes, 0, CHECKED));
		return bytes;
	}

	/** Returns null if these are no settings, or damaged ones. */
	static @Nullable DrawSettings decode(byte[] bytes, int from) throws StoreFailure {
		ByteBuffer buffer = ByteBuffer.wrap(bytes, from, BYTES);
		boolean magic = Arrays.equals(bytes, from, from + MAGIC.length, MAGIC, 0, MAGIC.length);
		if (!magic || buffer.getInt(from + CHECKED) != Checks.of(bytes, from, CHECKED)) {
			return null;
		}
		buffer.position(from + MAGIC.length);
		int version = buffer.getInt();
		if (version != VERSION) {
			throw new StoreFailure(Kind.UNUSABLE, String.format(Locale.ROOT,
					"bets.journal is of format version %d, this central writes version %d; use the central that made it",
					version, VERSION));
		}
		int number = buffer.getInt();
		int length = buffer.getInt();
		return new DrawSettings(new String(bytes, buffer.position(), length, StandardCharsets.UTF_8), number);
	}

	/**
	 * That they are those the store was made for, or that nobody knows which those are.
	 */
	public void requireSame(DrawSettings made) throws StoreFailure {
		if (this.name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
			throw unusable(String.format(Locale.ROOT, "central.draw.name is longer than %d bytes", MAX_NAME));
		}
		if (!made.equals(UNKNOWN) && this.winningNumber != made.winningNumber) {
			throw unusable(String.format(Locale.ROOT,
					"central.draw.winning-number=%d, but the draw in this directory is made with %d",
					this.winningNumber, made.winningNumber));
		}
		if (!made.equals(UNKNOWN) && !this.name.equals(made.name)) {
			throw unusable(String.format(Locale.ROOT, "central.draw.name=%s, but the draw in this directory is %s",
					this.name, made.name));
		}
	}

	private static StoreFailure unusable(String what) {
		return new StoreFailure(Kind.UNUSABLE, what + "; a new draw needs a new central.store.directory");
	}

}
