package loteria.central.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import loteria.central.store.DrawRecord;
import loteria.central.store.file.JournalEntry.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies what is whole of a damaged store into new files, and the bytes between into one
 * of their own.
 */
final class Rebuild {

	private static final Logger log = LoggerFactory.getLogger(Rebuild.class);

	private static final byte[] NONE = {};

	private final FileChannel bets;

	private final FileChannel aside;

	private final LogFiles rebuilt;

	private final RowReader rows;

	/** By agency, the number of its next bet as the new journal has it. */
	private final Map<Integer, Long> next = new HashMap<>();

	/** The same as the old journal had it, as far as it can be read. */
	private final Map<Integer, Long> nextBefore = new TreeMap<>();

	private final Map<Integer, Long> kept = new HashMap<>();

	private final Set<Integer> closed = new HashSet<>();

	private long end;

	private int groupEntries;

	private long groupBytes;

	Rebuild(FileChannel bets, FileChannel aside, LogFiles rebuilt) throws IOException {
		this.bets = bets;
		this.aside = aside;
		this.rebuilt = rebuilt;
		this.rows = new RowReader(bets);
	}

	/**
	 * @param record of the draw, if it has happened, for a journal that lost it
	 */
	void run(JournalReader entries, @Nullable DrawRecord record) throws IOException {
		long unreadable = 0;
		JournalEntry draw = null;
		this.rebuilt.begin();
		while (entries.hasNext()) {
			JournalEntry entry = entries.next();
			if (entry == null) {
				unreadable++;
				continue;
			}
			switch (entry.kind()) {
				case BATCH -> batch(entry);
				case CLOSED -> close(entry.agency());
				case DRAWN -> draw = (draw != null) ? draw : entry;
				case LOST, STOPPED -> {
				}
			}
		}
		setAside(this.bets.size());
		if (draw != null) {
			addAlone(Kind.DRAWN, draw.bets(), draw.before());
		}
		else if (record != null) {
			addAlone(Kind.DRAWN, record.winningNumber(), record.instant().toEpochMilli());
		}
		addAlone(Kind.STOPPED, 0, 0);
		report(unreadable);
	}

	private void batch(JournalEntry entry) throws IOException {
		int agency = entry.agency();
		this.nextBefore.merge(agency, entry.before() + entry.bets(), Math::max);
		byte[] read = readWhole(entry);
		if (read == null) {
			return;
		}
		long gap = entry.before() - this.next.getOrDefault(agency, 0L);
		if (gap > 0) {
			add(Kind.LOST, agency, NONE, Math.toIntExact(gap), entry.before() - gap);
		}
		setAside(entry.offset());
		this.end = entry.end();
		add(Kind.BATCH, agency, Arrays.copyOf(read, entry.length()), entry.bets(), entry.before());
		this.next.put(agency, entry.before() + entry.bets());
		this.kept.merge(agency, (long) entry.bets(), Long::sum);
	}

	private byte @Nullable [] readWhole(JournalEntry entry) throws IOException {
		boolean goesOn = entry.offset() >= this.end && entry.before() >= this.next.getOrDefault(entry.agency(), 0L);
		if (!goesOn || !this.rows.holds(entry)) {
			return null;
		}
		byte[] read = this.rows.read(entry);
		return (JournalEntry.rowsCheck(read, entry.length()) == entry.rowsCheck()) ? read : null;
	}

	private void close(int agency) throws IOException {
		if (this.closed.add(agency)) {
			add(Kind.CLOSED, agency, NONE, 0, 0);
		}
	}

	private void addAlone(Kind kind, int count, long before) throws IOException {
		write();
		add(kind, 0, NONE, count, before);
		write();
	}

	private void add(Kind kind, int agency, byte[] bytes, int count, long before) throws IOException {
		if (this.groupEntries == LogFiles.GROUP_ENTRIES || this.groupBytes > LogFiles.GROUP_BYTES) {
			write();
		}
		this.rebuilt.add(kind, agency, bytes, count, before);
		this.groupEntries++;
		this.groupBytes += bytes.length;
	}

	private void write() throws IOException {
		this.rebuilt.write();
		this.rebuilt.begin();
		this.groupEntries = 0;
		this.groupBytes = 0;
	}

	/** Copies the bytes up to {@code to} that belong to no whole batch. */
	private void setAside(long to) throws IOException {
		while (this.end < to) {
			long copied = this.bets.transferTo(this.end, to - this.end, this.aside);
			if (copied <= 0) {
				throw new IOException("bets.csv became shorter while it was read");
			}
			this.end += copied;
		}
	}

	private void report(long unreadable) {
		this.nextBefore.forEach((agency, before) -> {
			long kept = this.kept.getOrDefault(agency, 0L);
			long next = this.next.getOrDefault(agency, 0L);
			if (before > kept) {
				log.warn(
						"action: store_salvage | result: in_progress | agency: {} | kept_bets: {} | lost_bets: {} | of them to be sent again: {}",
						agency, kept, before - kept, this.closed.contains(agency) ? 0 : before - next);
			}
		});
		log.warn("action: store_salvage | result: in_progress | kept_bets: {} | unreadable_entries: {}",
				this.kept.values().stream().mapToLong(Long::longValue).sum(), unreadable);
	}

}
