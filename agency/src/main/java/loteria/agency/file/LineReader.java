package loteria.agency.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

import loteria.protocol.Inbound;

/**
 * Reads a file line by line, whatever it contains: bytes that are not UTF-8, or a line
 * without an end, cost no more than a line of {@value #MAX_LINE} bytes.
 */
final class LineReader implements Closeable {

	/** What is longer is cut: no bet is that long, not even one in quotes. */
	static final int MAX_LINE = 32 * 1024;

	private static final byte LINE_FEED = '\n';

	private static final byte CARRIAGE_RETURN = '\r';

	/** Some programs begin their files with it. */
	private static final String BYTE_ORDER_MARK = "\uFEFF";

	private final InputStream in;

	private final Inbound bytes = new Inbound();

	private String text = "";

	private boolean utf8;

	private boolean cut;

	private long number;

	private long offset;

	LineReader(InputStream in) {
		this.in = in;
	}

	/**
	 * Goes to the next line.
	 * @return false if there is none
	 */
	boolean next() throws IOException {
		int end = this.bytes.indexOf(LINE_FEED, 0);
		while (end < 0 && this.bytes.available() <= MAX_LINE && this.bytes.fill(this.in)) {
			end = this.bytes.indexOf(LINE_FEED, 0);
		}
		if (end < 0 && this.bytes.available() == 0) {
			return false;
		}
		this.number++;
		read((end < 0) ? this.bytes.available() : end);
		if (end < 0) {
			skipRest();
		}
		else {
			skip(1);
		}
		return true;
	}

	private void read(int length) {
		int end = (length > 0 && this.bytes.at(length - 1) == CARRIAGE_RETURN) ? length - 1 : length;
		this.cut = end > MAX_LINE;
		int kept = Math.min(end, MAX_LINE);
		String strict = this.bytes.text(0, kept);
		this.utf8 = strict != null;
		this.text = (strict != null) ? strict : this.bytes.lossyText(0, kept);
		if (this.number == 1 && this.text.startsWith(BYTE_ORDER_MARK)) {
			this.text = this.text.substring(BYTE_ORDER_MARK.length());
		}
		skip(length);
	}

	/** Goes to the end of a line that was cut; at the end of the file, nowhere. */
	private void skipRest() throws IOException {
		while (this.bytes.fill(this.in)) {
			int end = this.bytes.indexOf(LINE_FEED, 0);
			skip((end < 0) ? this.bytes.available() : end + 1);
			if (end >= 0) {
				return;
			}
		}
	}

	private void skip(int count) {
		this.bytes.skip(count);
		this.offset += count;
	}

	/** The line, without its end, with U+FFFD for what is not UTF-8. */
	String text() {
		return this.text;
	}

	boolean isUtf8() {
		return this.utf8;
	}

	/** Whether there was more of the line than {@link #text()}. */
	boolean isCut() {
		return this.cut;
	}

	/** Of the line, from 1 on. */
	long number() {
		return this.number;
	}

	/** How many bytes of the file were read up to the end of the line. */
	long offset() {
		return this.offset;
	}

	@Override
	public void close() throws IOException {
		this.in.close();
	}

}
