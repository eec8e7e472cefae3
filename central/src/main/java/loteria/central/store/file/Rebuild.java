package loteria.central.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import loteria.central.store.DrawRecord;
import loteria.central.store.DrawRecord.AgencyRecord;
import loteria.central.store.file.JournalEntry.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies what is to be kept of a damaged store into new files, and all other bytes of
 * {@code bets.csv} into one of their own; see {@link Salvage} for what is kept.
 */
final class Rebuild {

	private static final Logger log = LoggerFactory.getLogger(Rebuild.class);

	private static final byte[] NONE = {};

	private static final int CHUNK = 64 * 1024;

	private final FileChannel bets;

	private final FileChannel aside;

	private final LogFiles rebuilt;

	private final Survey survey;

	private final @Nullable DrawRecord record;

	private final MovedRows rows;

	private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);

	/** By agency, the number of its next bet as the new journal has it. */
	private final Map<Integer, Long> next = new HashMap<>();

	/** The same as it was before the damage, as far as that is known. */
	private final Map<Integer, Long> nextBefore = new TreeMap<>();

	private final Map<Integer, Long> kept = new HashMap<>();

	/** Agencies that are to send again what comes from their first lost bet on. */
	private final Set<Integer> broken = new HashSet<>();

	private final Set<Integer> closed = new LinkedHashSet<>();

	private long end;

	private long unreadable;

	private int groupEntries;

	private long groupBytes;

	/**
	 * @param record of the draw, if it has happened, for a journal that lost it
	 */
	Rebuild(FileChannel bets, FileChannel aside, LogFiles rebuilt, Survey survey, @Nullable DrawRecord record)
			throws IOException {
		this.bets = bets;
		this.aside = aside;
		this.rebuilt = rebuilt;
		this.survey = survey;
		this.record = record;
		this.rows = new MovedRows(new RowReader(bets), bets.size(), survey.betsEnd());
	}

	void run(JournalReader entries) throws IOException {
		this.rebuilt.begin();
		while (entries.hasNext()) {
			JournalEntry entry = entries.next();
			if (entry == null) {
				this.unreadable++;
				continue;
			}
			switch (entry.kind()) {
				case BATCH -> batch(entry);
				case LOST -> this.nextBefore.merge(entry.agency(), entry.before() + entry.bets(), Math::max);
				case CLOSED -> this.closed.add(entry.agency());
				case DRAWN, STOPPED -> {
				}
			}
		}
		setAside(this.bets.size());
		if (isDrawn()) {
			addLosses();
		}
		for (int agency : this.closed) {
			if (isDrawn() || !this.broken.contains(agency)) {
				add(Kind.CLOSED, agency, NONE, 0, 0);
			}
		}
		addDraw();
		addAlone(Kind.STOPPED, 0, 0);
		report();
	}

	private boolean isDrawn() {
		return this.survey.draw() != null || this.record != null;
	}

	private void batch(JournalEntry entry) throws IOException {
		int agency = entry.agency();
		this.nextBefore.merge(agency, entry.before() + entry.bets(), Math::max);
		long gap = entry.before() - this.next.getOrDefault(agency, 0L);
		byte[] found = (gap < 0) ? null : this.rows.find(entry, this.end);
		if (found == null || (gap > 0 && !isDrawn())) {
			this.broken.add(agency);
		}
		if (found == null || (!isDrawn() && this.broken.contains(agency))) {
			return;
		}
		if (gap > 0) {
			add(Kind.LOST, agency, NONE, Math.toIntExact(gap), entry.before() - gap);
		}
		setAside(this.rows.offset());
		this.end = this.rows.offset() + entry.length();
		add(Kind.BATCH, agency, found, entry.bets(), entry.before());
		this.next.put(agency, entry.before() + entry.bets());
		this.kept.merge(agency, (long) entry.bets(), Long::sum);
	}

	/** At the end of an agency's bets, where no batch follows that shows a gap. */
	private void addLosses() throws IOException {
		DrawRecord drawn = this.record;
		if (drawn != null) {
			for (AgencyRecord agency : drawn.agencies()) {
				this.nextBefore.merge(agency.agency(), agency.bets(), Math::max);
			}
		}
		for (Map.Entry<Integer, Long> before : this.nextBefore.entrySet()) {
			long next = this.next.getOrDefault(before.getKey(), 0L);
			if (before.getValue() > next) {
				add(Kind.LOST, before.getKey(), NONE, Math.toIntExact(before.getValue() - next), next);
			}
		}
	}

	private void addDraw() throws IOException {
		JournalEntry draw = this.survey.draw();
		if (draw != null) {
			addAlone(Kind.DRAWN, draw.bets(), draw.before());
		}
		else if (this.record != null) {
			addAlone(Kind.DRAWN, this.record.winningNumber(), this.record.instant().toEpochMilli());
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

	/** Copies the bytes up to {@code to} that are not kept. */
	private void setAside(long to) throws IOException {
		Owners owners = new Owners();
		while (this.end < to) {
			this.chunk.clear().limit((int) Math.min(CHUNK, to - this.end));
			LogFiles.readFully(this.bets, this.chunk, this.end);
			this.chunk.flip();
			this.end += this.chunk.remaining();
			if (this.unreadable > 0) {
				owners.read(this.chunk.duplicate());
			}
			while (this.chunk.hasRemaining()) {
				this.aside.write(this.chunk);
			}
		}
	}

	private void report() {
		this.nextBefore.forEach((agency, before) -> {
			long keptBets = this.kept.getOrDefault(agency, 0L);
			if (before > keptBets) {
				log.warn(
						"action: store_salvage | result: in_progress | agency: {} | kept_bets: {} | set_aside_bets: {} | to_be_sent_again: {} | open_again: {}",
						agency, keptBets, before - keptBets, isDrawn() ? 0 : before - keptBets,
						!isDrawn() && this.closed.contains(agency));
			}
		});
		log.warn("action: store_salvage | result: in_progress | kept_bets: {} | unreadable_entries: {}",
				this.kept.values().stream().mapToLong(Long::longValue).sum(), this.unreadable);
	}

	/**
	 * Whose the rows are of which no entry can be read: the agency before the first comma
	 * of each.
	 */
	private final class Owners {

		private static final int NOT_A_NUMBER = -1;

		private long number;

		private void read(ByteBuffer bytes) {
			while (bytes.hasRemaining()) {
				byte next = bytes.get();
				if (next == '\n') {
					this.number = 0;
				}
				else if (this.number >= 0) {
					read(next);
				}
			}
		}

		private void read(byte next) {
			if (next == ',' && this.number > 0) {
				Rebuild.this.broken.add((int) this.number);
			}
			boolean isDigit = next >= '0' && next <= '9';
			long longer = isDigit ? this.number * 10 + next - '0' : NOT_A_NUMBER;
			this.number = (longer <= Integer.MAX_VALUE) ? longer : NOT_A_NUMBER;
		}

	}

}
