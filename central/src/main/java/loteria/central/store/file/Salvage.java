package loteria.central.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import loteria.bet.BetRow;
import loteria.central.store.file.JournalEntry.Kind;
import loteria.central.store.file.LogFiles.Tip;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a damaged store usable, at an operator's demand: every batch that verifies is
 * kept, in its order; the bytes of {@code bets.csv} between them go to a file of their
 * own; the files as they were are kept beside them.
 * <p>
 * An agency that has lost a batch is closed: it counts its bets to know where to go on,
 * and with a gap in the middle it would send bets a second time.
 */
final class Salvage {

	private static final Logger log = LoggerFactory.getLogger(Salvage.class);

	private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS")
		.withZone(ZoneOffset.UTC);

	private static final int COPY_BYTES = 64 * 1024;

	private final FileChannel bets;

	private final FileChannel aside;

	private final LogFiles rebuilt;

	private final Map<Integer, Long> stored = new HashMap<>();

	private final Map<Integer, Long> lost = new HashMap<>();

	private final Set<Integer> closed = new TreeSet<>();

	private long end;

	private long asideBytes;

	private Salvage(FileChannel bets, FileChannel aside, LogFiles rebuilt) {
		this.bets = bets;
		this.aside = aside;
		this.rebuilt = rebuilt;
	}

	/** Rebuilds the files in {@code directory}, which must be locked. */
	static void run(Path directory) throws IOException {
		Path betsFile = directory.resolve(FileBetStore.BETS);
		Path journalFile = directory.resolve(FileBetStore.JOURNAL);
		if (!Files.exists(betsFile) || !Files.exists(journalFile)) {
			return;
		}
		String stamp = STAMP.format(Instant.now());
		Path newBets = directory.resolve(FileBetStore.BETS + ".salvaged");
		Path newJournal = directory.resolve(FileBetStore.JOURNAL + ".salvaged");
		Files.deleteIfExists(newBets);
		Files.deleteIfExists(newJournal);
		Path asideFile = directory.resolve("bets.damaged-" + stamp);
		try (FileChannel bets = FileOpener.DISK.open(betsFile);
				FileChannel journal = FileOpener.DISK.open(journalFile);
				FileChannel aside = FileOpener.DISK.open(asideFile);
				LogFiles rebuilt = new LogFiles(FileOpener.DISK.open(newBets), FileOpener.DISK.open(newJournal),
						Tip.EMPTY)) {
			new Salvage(bets, aside, rebuilt).run(new JournalReader(journal));
			aside.force(true);
		}
		Files.move(betsFile, directory.resolve(FileBetStore.BETS + ".before-" + stamp), StandardCopyOption.ATOMIC_MOVE);
		Files.move(journalFile, directory.resolve(FileBetStore.JOURNAL + ".before-" + stamp),
				StandardCopyOption.ATOMIC_MOVE);
		Files.move(newBets, betsFile, StandardCopyOption.ATOMIC_MOVE);
		Files.move(newJournal, journalFile, StandardCopyOption.ATOMIC_MOVE);
		DrawFile.forceDirectory(directory);
	}

	private void run(JournalReader entries) throws IOException {
		RowReader rows = new RowReader(this.bets);
		boolean drawn = false;
		while (entries.hasNext()) {
			JournalEntry entry = entries.next();
			if (entry == null) {
				continue;
			}
			switch (entry.kind()) {
				case BATCH -> keep(entry, rows);
				case CLOSED -> close(entry.agency());
				case DRAWN -> drawn = true;
				case STOPPED -> {
				}
			}
		}
		setAside(this.end, this.bets.size());
		for (int agency : this.lost.keySet()) {
			close(agency);
		}
		if (drawn) {
			append(Kind.DRAWN, 0, new byte[0], 0, 0);
		}
		this.lost.forEach((agency, count) -> log.warn(
				"action: store_salvage | result: in_progress | agency: {} | lost_bets: {} | closed: true", agency,
				(count > 0) ? count : "unknown"));
		log.warn("action: store_salvage | result: success | kept_bets: {} | set_aside_bytes: {}",
				this.stored.values().stream().mapToLong(Long::longValue).sum(), this.asideBytes);
	}

	private void keep(JournalEntry entry, RowReader rows) throws IOException {
		byte[] read = readWhole(entry, rows);
		long before = this.stored.getOrDefault(entry.agency(), 0L);
		if (read == null) {
			this.lost.merge(entry.agency(), (long) entry.rows(), Long::sum);
			return;
		}
		if (entry.before() > before + this.lost.getOrDefault(entry.agency(), 0L)) {
			this.lost.put(entry.agency(), entry.before() - before);
		}
		setAside(this.end, entry.offset());
		this.end = entry.end();
		byte[] bytes = Arrays.copyOf(read, entry.length());
		append(Kind.BATCH, entry.agency(), bytes, entry.rows(), before);
		this.stored.put(entry.agency(), before + entry.rows());
	}

	private byte @Nullable [] readWhole(JournalEntry entry, RowReader rows) throws IOException {
		if (entry.offset() < this.end || !rows.holds(entry)) {
			return null;
		}
		byte[] read = rows.read(entry);
		return (JournalEntry.rowsCheck(read, entry.length()) == entry.rowsCheck()) ? read : null;
	}

	private void close(int agency) throws IOException {
		if (this.closed.add(agency)) {
			append(Kind.CLOSED, agency, new byte[0], 0, this.stored.getOrDefault(agency, 0L));
		}
	}

	private void append(Kind kind, int agency, byte[] bytes, int count, long before) throws IOException {
		this.rebuilt.begin();
		this.rebuilt.add(kind, agency, bytes, count, before);
		this.rebuilt.write();
	}

	/** Copies bytes that belong to no whole batch, and finds out whose they were. */
	private void setAside(long from, long to) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocate(COPY_BYTES);
		for (long at = from; at < to; at += buffer.position()) {
			buffer.clear().limit((int) Math.min(COPY_BYTES, to - at));
			if (this.bets.read(buffer, at) < 0) {
				return;
			}
			buffer.flip();
			int start = 0;
			for (int i = 0; i < buffer.limit(); i++) {
				if (buffer.get(i) == '\n') {
					int agency = BetRow.agency(buffer.array(), start, i);
					if (this.stored.containsKey(agency)) {
						this.lost.putIfAbsent(agency, 0L);
					}
					start = i + 1;
				}
			}
			while (buffer.hasRemaining()) {
				this.asideBytes += this.aside.write(buffer);
			}
		}
	}

}
