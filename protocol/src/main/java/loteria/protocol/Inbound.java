package loteria.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import loteria.bet.InvalidBet;
import loteria.bet.Texts;
import loteria.bytes.BigEndian;
import loteria.bytes.Scan;
import loteria.bytes.Slice;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one connection that have arrived and were not understood yet. A codec
 * looks at them from index 0 and takes whole messages off the front; what it does not
 * take stays, so that a message may arrive in any number of pieces. One thread at a time.
 * <p>
 * The buffer holds {@value #SMALL} bytes for a quiet connection, doubles while more is
 * coming than fits, and shrinks again when it is told to. It grows only because bytes are
 * here already, never because a length field says that they will be.
 */
public final class Inbound {

	private static final int SMALL = 8 * 1024;

	/** Of the first bytes, for a log. */
	private static final int SHOWN = 32;

	/**
	 * Up to here the buffer grows for speed; beyond, only for a message that needs it.
	 */
	public static final int FREE_CAPACITY = 64 * 1024;

	private byte[] buffer = new byte[SMALL];

	private int start;

	private int end;

	private byte searchedFor;

	private int searchedFrom = -1;

	private int searchedTo;

	private boolean ended;

	private boolean paused;

	/**
	 * Waits for bytes, and appends what one read of {@code in} gives.
	 * @return false at the end of the stream, after which {@link #hasEnded()}
	 */
	public boolean fill(InputStream in) throws IOException {
		makeRoom();
		int read = in.read(this.buffer, this.end, this.buffer.length - this.end);
		this.paused = false;
		if (read < 0) {
			this.ended = true;
			return false;
		}
		this.end += read;
		return true;
	}

	private void makeRoom() {
		int capacity = nextCapacity();
		int available = available();
		if (capacity == this.buffer.length && available > 0 && this.end < capacity) {
			return;
		}
		byte[] next = (capacity == this.buffer.length) ? this.buffer : new byte[capacity];
		System.arraycopy(this.buffer, this.start, next, 0, available);
		this.buffer = next;
		this.start = 0;
		this.end = available;
	}

	/**
	 * How large the buffer will be for the next {@link #fill}. Beyond
	 * {@link #FREE_CAPACITY} whoever reads the connection may want to find room for it
	 * first.
	 */
	public int nextCapacity() {
		int capacity = this.buffer.length;
		int available = available();
		boolean grows = available > 0 && this.end == capacity && (available > capacity / 2 || capacity < FREE_CAPACITY);
		return grows ? capacity * 2 : capacity;
	}

	/**
	 * Gives back what a large message took, if little is left behind it. For when nobody
	 * looks any more at what was taken off the front.
	 */
	public void trim() {
		int available = available();
		if (this.buffer.length > FREE_CAPACITY && available <= SMALL) {
			byte[] rest = new byte[SMALL];
			System.arraycopy(this.buffer, this.start, rest, 0, available);
			this.buffer = rest;
			this.start = 0;
			this.end = available;
		}
	}

	/** How large the buffer is now. */
	public int capacity() {
		return this.buffer.length;
	}

	public int available() {
		return this.end - this.start;
	}

	/** Whether the peer has closed its side: what is here is all that will ever be. */
	public boolean hasEnded() {
		return this.ended;
	}

	/**
	 * Whether the codec's {@linkplain ServerCodec#pause() pause} has passed without a
	 * byte.
	 */
	public boolean hasPaused() {
		return this.paused;
	}

	/** Called by the thread that reads the connection. */
	public void pause() {
		this.paused = true;
	}

	public byte at(int index) {
		return this.buffer[this.start + index];
	}

	/** See {@link BigEndian#unsigned}. */
	public long unsigned(int index, int bytes) {
		return BigEndian.unsigned(this.buffer, this.start + index, bytes);
	}

	/**
	 * Finds the first {@code wanted} at or after {@code from}. Asked the same again after
	 * more bytes have arrived, it looks at the new ones only: a message that comes byte
	 * by byte costs no more than one that comes at once.
	 * @return its index, or &minus;1 if it is not here yet
	 */
	public int indexOf(byte wanted, int from) {
		int first = (wanted == this.searchedFor && from == this.searchedFrom) ? this.searchedTo : from;
		int found = Scan.indexOf(wanted, this.buffer, this.start + first, this.end);
		if (found >= 0) {
			return found - this.start;
		}
		this.searchedFor = wanted;
		this.searchedFrom = from;
		this.searchedTo = available();
		return -1;
	}

	/**
	 * @return the text, or null if the bytes are not UTF-8
	 */
	public @Nullable String text(int index, int length) {
		String text = lossyText(index, length);
		// The fast decoder puts U+FFFD for what it can't read; only then is a strict look
		// due.
		if (text.indexOf('\uFFFD') < 0 || isUtf8(index, length)) {
			return text;
		}
		return null;
	}

	/**
	 * Text for the log line of a refusal: U+FFFD for what is not UTF-8.
	 */
	public String lossyText(int index, int length) {
		return new String(this.buffer, this.start + index, length, StandardCharsets.UTF_8);
	}

	private boolean isUtf8(int index, int length) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(this.buffer, this.start + index, length));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

	/** Takes bytes off the front. */
	public void skip(int bytes) {
		if (bytes < 0 || bytes > available()) {
			throw new IllegalArgumentException("skip of " + bytes + " with " + available() + " available");
		}
		this.start += bytes;
		this.searchedFrom = -1;
		this.paused = false;
	}

	/**
	 * Takes {@code length} bytes off the front, to be looked at where they lie: good
	 * until the next {@link #fill}.
	 */
	public Slice take(int length) {
		int from = this.start;
		skip(length);
		return new Slice(this.buffer, from, this.start);
	}

	/** All that is here, where it lies: good until the next {@link #fill}. */
	public Slice peek() {
		return new Slice(this.buffer, this.start, this.end);
	}

	/**
	 * What the first bytes look like, for the log line of an error that must not tell
	 * whose bets they are: see {@link Texts#outline}.
	 */
	public String outline() {
		int shown = Math.min(available(), SHOWN);
		return '"' + InvalidBet.printable(Texts.outline(beginning())) + ((shown < available()) ? "…" : "") + '"';
	}

	/** The first bytes, a character each. */
	public String beginning() {
		return new String(this.buffer, this.start, Math.min(available(), SHOWN), StandardCharsets.ISO_8859_1);
	}

	/**
	 * The first bytes in hexadecimal, for the log line of an error.
	 */
	public String hexDump() {
		int shown = Math.min(available(), SHOWN);
		StringBuilder dump = new StringBuilder(shown * 3);
		for (int i = 0; i < shown; i++) {
			dump.append((i == 0) ? "" : " ").append(String.format(Locale.ROOT, "%02x", at(i)));
		}
		return dump.append((shown < available()) ? " …" : "").toString();
	}

}
