package loteria.central.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import loteria.bet.BetRow;
import loteria.bet.DocumentList;
import loteria.bytes.Scan;
import loteria.central.store.books.StoredWinners;
import loteria.central.store.books.StoredWinners.Look;

/**
 * Finds winners in {@code bets.csv}: those of agencies that have more than memory is kept
 * for. However many ask, one at a time looks, at a part of the file, through one buffer;
 * what is found of it is on its way to a peer before the next part is looked at.
 */
public final class WinnersInBets {

	/** Longer than any row. */
	private static final int BUFFER = 64 * 1024;

	/** Bytes that one look may take. */
	private static final int LOOKED_AT = 4 * 1024 * 1024;

	private final Path bets;

	private final int winningNumber;

	/** Fair: who has few winners in a large file waits no longer than all others. */
	private final Lock looking = new ReentrantLock(true);

	private byte[] buffer = {};

	public WinnersInBets(Path bets, int winningNumber) {
		this.bets = bets;
		this.winningNumber = winningNumber;
	}

	/** Looks for those of {@code agency}; see {@link StoredWinners}. */
	public Look of(int agency) {
		byte[] begin = (agency + ",").getBytes(StandardCharsets.US_ASCII);
		return (from, most, found) -> look(begin, from, most, found);
	}

	private long look(byte[] agency, long from, int most, DocumentList found) throws IOException {
		this.looking.lock();
		// of its own: an interrupt closes the channel that is being read
		try (FileChannel file = FileChannel.open(this.bets, StandardOpenOption.READ)) {
			if (this.buffer.length == 0) {
				this.buffer = new byte[BUFFER];
			}
			long at = from;
			int rows = -1;
			while (rows != 0 && at - from < LOOKED_AT && found.size() < most) {
				rows = lookAtRows(agency, read(file, at), most, found);
				at += rows;
			}
			return at;
		}
		finally {
			this.looking.unlock();
		}
	}

	private int read(FileChannel file, long at) throws IOException {
		ByteBuffer bytes = ByteBuffer.wrap(this.buffer);
		while (bytes.hasRemaining() && file.read(bytes, at + bytes.position()) >= 0) {
			// as much as there is
		}
		return bytes.position();
	}

	/** Returns where the last row ends that was looked at. */
	private int lookAtRows(byte[] agency, int end, int most, DocumentList found) {
		int row = 0;
		for (int at = rowEnd(row, end); at >= 0 && found.size() < most; at = rowEnd(row, end)) {
			int behind = row + agency.length;
			if (behind < at && Arrays.equals(this.buffer, row, behind, agency, 0, agency.length)) {
				BetRow.addIfBetOn(this.winningNumber, this.buffer, row, at - 1, found);
			}
			row = at + 1;
		}
		return row;
	}

	private int rowEnd(int from, int end) {
		return Scan.indexOf((byte) '\n', this.buffer, from, end);
	}

}
