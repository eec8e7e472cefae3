package loteria.central.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import loteria.central.store.disk.Checkpoint;
import loteria.central.store.disk.Frame;
import loteria.central.store.disk.JournalReader;
import loteria.central.store.disk.JournalReader.Piece;
import loteria.central.store.disk.StoreDirectory;

/**
 * The files of a store, to be damaged and to be brought back.
 */
public final class DamagedStore {

	private final Path directory;

	private byte[] bets = {};

	private byte[] journal = {};

	private byte[] twin = {};

	private List<Frame> entries = List.of();

	public DamagedStore(Path directory) {
		this.directory = directory;
	}

	/**
	 * Remembers the files as they are, be it while the store is open: then they are what
	 * a kill leaves.
	 */
	public void remember() throws IOException {
		this.bets = Files.readAllBytes(betsFile());
		this.journal = Files.readAllBytes(journalFile());
		this.entries = new ArrayList<>();
		this.twin = Files.readAllBytes(twinFile());
		try (FileChannel file = FileChannel.open(journalFile(), StandardOpenOption.READ);
				FileChannel rows = FileChannel.open(betsFile(), StandardOpenOption.READ)) {
			JournalReader reader = new JournalReader(file, rows, Checkpoint.NONE);
			while (reader.next() instanceof Piece.Entry entry) {
				this.entries.add(entry.frame());
			}
		}
	}

	/** A store that was killed just now: all that it has written is there. */
	void rememberKilled(FileBetStore store) throws IOException {
		store.fingerprint(1);
		remember();
	}

	public void restore() throws IOException {
		Files.write(betsFile(), this.bets);
		Files.write(journalFile(), this.journal);
		Files.write(twinFile(), this.twin);
	}

	public Path betsFile() {
		return this.directory.resolve(StoreDirectory.BETS);
	}

	public Path journalFile() {
		return this.directory.resolve(StoreDirectory.JOURNAL);
	}

	public Path twinFile() {
		return this.directory.resolve(StoreDirectory.STORE);
	}

	/** As they were remembered. */
	public byte[] bets() {
		return this.bets.clone();
	}

	public byte[] journal() {
		return this.journal.clone();
	}

	public byte[] twin() {
		return this.twin.clone();
	}

	/** The entries of the journal, from 0 on. */
	public Frame entry(int index) {
		return this.entries.get(index);
	}

	public int entries() {
		return this.entries.size();
	}

	/** Where the last entry ends. */
	public long journalEnd() {
		return this.entries.getLast().end();
	}

	public void cut(Path file, long size) throws IOException {
		Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) size));
	}

	public void flip(Path file, long at, Random random) throws IOException {
		flip(file, at, 1 << random.nextInt(Byte.SIZE));
	}

	public void flip(Path file, long at) throws IOException {
		flip(file, at, 1);
	}

	private static void flip(Path file, long at, int bits) throws IOException {
		byte[] bytes = Files.readAllBytes(file);
		bytes[(int) at] ^= (byte) bits;
		Files.write(file, bytes);
	}

	public void zero(Path file, long from, long to) throws IOException {
		byte[] bytes = Files.readAllBytes(file);
		Arrays.fill(bytes, (int) from, (int) to, (byte) 0);
		Files.write(file, bytes);
	}

	/** Damages the rows of a batch in both files. */
	public void loseRows(int entry) throws IOException {
		flip(betsFile(), entry(entry).rowsAt() + 7);
		flip(journalFile(), entry(entry).rows() + 7);
	}

}
