package loteria.central.store.disk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;

import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What of a draw's settings must not change once a store is made for it, and which store
 * that is.
 *
 * @param name empty after a salvage that could not know it
 * @param identity of the store, by which its files are known to belong together;
 * {@link #NO_IDENTITY} in the files of older centrals
 */
public record DrawSettings(String name, int winningNumber, UUID identity) {

	static final UUID NO_IDENTITY = new UUID(0, 0);

	static final int BYTES = 512;

	static final int VERSION = 3;

	/** Without identity, and without the length of the journal in its checkpoints. */
	private static final int OLDER_VERSION = 2;

	private static final int MAX_NAME = 400;

	private static final byte[] MAGIC = "\u00fflottery".getBytes(StandardCharsets.ISO_8859_1);

	private static final int CHECKED = BYTES - Integer.BYTES;

	private static final int IDENTITY = CHECKED - 2 * Long.BYTES;

	public DrawSettings(String name, int winningNumber) {
		this(name, winningNumber, NO_IDENTITY);
	}

	/** After a salvage that found no settings: the next start says them. */
	public static DrawSettings unknown() {
		return new DrawSettings("", 0);
	}

	boolean isUnknown() {
		return this.name.isEmpty() && this.winningNumber == 0;
	}

	/** Those of a store that is new. */
	public DrawSettings ofNewStore() {
		return new DrawSettings(this.name, this.winningNumber, UUID.randomUUID());
	}

	/** Those of the store that another one's were found in. */
	DrawSettings ofStore(DrawSettings made) {
		return made.identity.equals(NO_IDENTITY) ? ofNewStore()
				: new DrawSettings(this.name, this.winningNumber, made.identity);
	}

	byte[] encode() {
		byte[] bytes = new byte[BYTES];
		byte[] text = this.name.getBytes(StandardCharsets.UTF_8);
		ByteBuffer.wrap(bytes).put(MAGIC).putInt(VERSION).putInt(this.winningNumber).putInt(text.length).put(text);
		ByteBuffer.wrap(bytes)
			.putLong(IDENTITY, this.identity.getMostSignificantBits())
			.putLong(IDENTITY + Long.BYTES, this.identity.getLeastSignificantBits())
			.putInt(CHECKED, Checks.of(bytes, 0, CHECKED));
		return bytes;
	}

	/** Returns null if these are no settings, or damaged ones. */
	static @Nullable DrawSettings decode(byte[] bytes, int from, String file) throws StoreFailure {
		ByteBuffer buffer = ByteBuffer.wrap(bytes, from, BYTES);
		boolean magic = Arrays.equals(bytes, from, from + MAGIC.length, MAGIC, 0, MAGIC.length);
		if (!magic || buffer.getInt(from + CHECKED) != Checks.of(bytes, from, CHECKED)) {
			return null;
		}
		buffer.position(from + MAGIC.length);
		int version = buffer.getInt();
		if (version != VERSION && version != OLDER_VERSION) {
			throw new StoreFailure(Kind.UNUSABLE,
					String.format(Locale.ROOT,
							"%s is of format version %d, this central writes version %d; use the central that made it",
							file, version, VERSION));
		}
		int number = buffer.getInt();
		int length = buffer.getInt();
		String name = new String(bytes, buffer.position(), length, StandardCharsets.UTF_8);
		return new DrawSettings(name, number,
				new UUID(buffer.getLong(from + IDENTITY), buffer.getLong(from + IDENTITY + Long.BYTES)));
	}

	/**
	 * That they are those the store was made for, or that nothing tells which those are.
	 */
	public void requireSame(DrawSettings made) throws StoreFailure {
		if (this.name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
			throw unusable(String.format(Locale.ROOT, "central.draw.name is longer than %d bytes", MAX_NAME));
		}
		if (!made.isUnknown() && this.winningNumber != made.winningNumber) {
			throw unusable(String.format(Locale.ROOT,
					"central.draw.winning-number=%d, but the draw in this directory is made with %d",
					this.winningNumber, made.winningNumber));
		}
		if (!made.isUnknown() && !this.name.equals(made.name)) {
			throw unusable(String.format(Locale.ROOT, "central.draw.name=%s, but the draw in this directory is %s",
					this.name, made.name));
		}
	}

	private static StoreFailure unusable(String what) {
		return new StoreFailure(Kind.UNUSABLE, what + "; a new draw needs a new central.store.directory");
	}

}
