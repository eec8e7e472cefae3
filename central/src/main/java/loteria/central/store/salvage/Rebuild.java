package loteria.central.store.salvage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import loteria.bet.BetRow;
import loteria.bet.Rows;
import loteria.bytes.Sha256;
import loteria.central.store.DrawRecord;
import loteria.central.store.DrawRecord.AgencyRecord;
import loteria.central.store.disk.DrawSettings;
import loteria.central.store.disk.FileWindow;
import loteria.central.store.disk.Frame;
import loteria.central.store.disk.Frame.Kind;
import loteria.central.store.disk.Head;
import loteria.central.store.disk.JournalReader;
import loteria.central.store.disk.JournalReader.Piece;
import loteria.central.store.disk.JournalReader.Source;
import loteria.central.store.disk.RowScanner;
import loteria.central.store.disk.StoreFile;
import loteria.central.store.disk.Tip;
import org.jspecify.annotations.Nullable;

/**
 * Copies what is to be kept of a damaged store into new files, and other bytes of
 * {@code bets.csv} into one of their own. It reads all twice: what stands behind the bets
 * decides what becomes of them.
 * <p>
 * Rows that an entry of the journal proves are kept. Of entries that are lost, the rows
 * in bets.csv are kept if they are rows of bets, and nothing speaks against them: neither
 * what the entries behind them say of how many bets an agency had, nor the hash of an
 * agency in the record of the draw.
 */
final class Rebuild {

	/** Rows whose entries are lost are put into batches of no more bytes. */
	private static final int BATCH_BYTES = 256 * 1024;

	/** The gap behind the last entry. */
	private static final int LAST = 0;

	/** Null if what lies there is of another store. */
	private final @Nullable StoreFile journal;

	private final StoreFile bets;

	private final Head head;

	private final StoreFile aside;

	private final SalvagedStore kept;

	private final Consumer<String> report;

	private final Map<Integer, Found> agencies = new TreeMap<>();

	private @Nullable DrawRecord record;

	private @Nullable Frame draw;

	/** By agency, its bets when it finished. */
	private final Map<Integer, Long> finished = new LinkedHashMap<>();

	/** Whether the rows without an entry that are read now are the same in both files. */
	private boolean gapIsProven;

	/** Whether bets are lost, nothing says whose. */
	private boolean unknownLosses;

	/** Whether behind the last entry there are bytes that may have been one. */
	private boolean endIsDamaged;

	/** Whether what is behind the last entry, or may have been, is dropped. */
	private boolean endIsDropped;

	/** Whether bets.csv has rows that no entry and no checkpoint tells of. */
	private boolean rowsAreUnknown;

	private long lostEntries;

	private long lostControls;

	/**
	 * @param journal null if there is none of this store
	 * @param record of the draw, or one that lies there as if it were; null if there is
	 * none
	 */
	Rebuild(@Nullable StoreFile journal, StoreFile bets, Head head, StoreFile aside, SalvagedStore kept,
			@Nullable DrawRecord record, Consumer<String> report) {
		this.journal = journal;
		this.bets = bets;
		this.head = head;
		this.aside = aside;
		this.kept = kept;
		this.record = record;
		this.report = report;
	}

	/**
	 * @return the record, if it is of this store's draw
	 */
	@Nullable DrawRecord run() throws IOException {
		read(new Survey());
		this.record = (this.record != null && isOfTheseBets(this.record)) ? this.record : null;
		this.agencies.forEach(this::judge);
		this.unknownLosses = false;
		this.lostEntries = 0;
		this.lostControls = 0;
		read(new Copy());
		if (isDrawn()) {
			for (Map.Entry<Integer, Found> agency : this.agencies.entrySet()) {
				this.kept.lost(agency.getKey(), agency.getValue().before);
			}
		}
		for (Map.Entry<Integer, Long> end : this.finished.entrySet()) {
			if (isDrawn() || this.kept.next(end.getKey()) == end.getValue()) {
				this.kept.finished(end.getKey());
			}
		}
		addDraw();
		this.kept.end(settings());
		report();
		return this.record;
	}

	private Found found(int agency) {
		return this.agencies.computeIfAbsent(agency, (number) -> new Found());
	}

	private boolean isDrawn() {
		return this.draw != null || this.record != null;
	}

	/** Reads all that is there. */
	private void read(Pass pass) throws IOException {
		FileWindow rows = new FileWindow(this.bets.channel());
		Tip from = (this.journal == null) ? Tip.EMPTY : read(this.journal, rows, pass);
		Tip known = this.head.checkpoint().tip();
		this.lostEntries += Math.max(0, known.entries() - from.entries());
		this.lostControls += Math.max(0, known.controls() - from.controls());
		long end = Math.max(from.rowsEnd(), this.head.checkpoint().rowsEnd(rows.size()));
		unframed(rows, from.rowsEnd(), end, false, LAST, pass);
		setAside(rows, end, rows.size(), pass);
		this.rowsAreUnknown = RowScanner.hasRow(rows, end);
		if (this.endIsDamaged) {
			this.lostEntries = Math.max(1, this.lostEntries);
			this.unknownLosses = true;
		}
	}

	/** Returns where the entries end. */
	private Tip read(StoreFile file, FileWindow rows, Pass pass) throws IOException {
		JournalReader reader = new JournalReader(file.channel(), this.bets.channel(), this.head.checkpoint());
		int gaps = LAST;
		boolean whole = true;
		Piece piece = reader.next();
		while (!(piece instanceof Piece.End)) {
			switch (piece) {
				case Piece.Entry(Frame frame, boolean frames, Source source) -> {
					whole = frames && source == Source.JOURNAL;
					if (frame.kind() == Kind.BATCH && source == Source.NONE) {
						pass.lost(frame);
					}
					else {
						long at = (source == Source.BETS) ? frame.rowsAt() : frame.rows();
						pass.entry(frame, reader.window(source), at);
					}
				}
				case Piece.Gap(Tip from, Frame next) -> {
					this.lostEntries += next.number() - 1 - from.entries();
					this.lostControls += next.controls() - from.controls();
					gap(file, rows, from, next, ++gaps, pass);
				}
				case Piece.End end -> throw new IllegalStateException("the end is no entry: " + end);
			}
			piece = reader.next();
		}
		Piece.End end = (Piece.End) piece;
		this.endIsDamaged = end.damaged();
		this.endIsDropped = !whole || end.lastByte() > reader.tip().at();
		return reader.tip();
	}

	/**
	 * Where a single entry is lost, and its rows still lie between its frames, they and
	 * those in bets.csv are held against each other: the same in both files is a proof,
	 * and where they differ neither is believed.
	 */
	private void gap(StoreFile file, FileWindow rows, Tip from, Frame next, int gap, Pass pass) throws IOException {
		long length = next.rowsAt() - from.rowsEnd();
		boolean single = next.number() - from.entries() == 2 && length > 0
				&& next.at() - from.at() == length + 2L * Frame.BYTES;
		this.gapIsProven = false;
		if (single && from.rowsEnd() + length <= rows.size()) {
			FileWindow copy = new FileWindow(file.channel());
			this.gapIsProven = rows.equals(from.rowsEnd(), copy, from.at() + Frame.BYTES, (int) length);
			if (!copy.lacksOnly(from.at() + Frame.BYTES, rows, from.rowsEnd(), (int) length)) {
				this.unknownLosses = true;
			}
		}
		unframed(rows, from.rowsEnd(), next.rowsAt(), true, gap, pass);
		this.gapIsProven = false;
	}

	/**
	 * @param wholeOnly whether nothing of it is kept if not all are rows of bets: where
	 * it ends, those before it may still be
	 */
	private void unframed(FileWindow rows, long from, long end, boolean wholeOnly, int gap, Pass pass)
			throws IOException {
		long to = Math.min(end, rows.size());
		long wholeEnd = (from < to && !this.unknownLosses)
				? RowScanner.scan(rows, from, to, BetRow::isRow, (agency, bytes, rowFrom, rowEnd) -> {
				}).end() : from;
		boolean whole = wholeEnd == end;
		this.unknownLosses |= from < end && !whole;
		wholeEnd = (whole || !wholeOnly) ? wholeEnd : from;
		if (from < wholeEnd) {
			RowScanner.scan(rows, from, wholeEnd, pass.rows(gap));
		}
		pass.endOfRows();
		setAside(rows, wholeEnd, to, pass);
	}

	private void setAside(FileWindow rows, long from, long end, Pass pass) throws IOException {
		for (long at = from; at < end;) {
			int length = (int) Math.min(BATCH_BYTES, end - at);
			pass.aside(rows.copy(at, length));
			at += length;
		}
	}

	/**
	 * Whether the record that is there is of this store: what is stored speaks for it,
	 * and not against it. A record that was put there must not end the bets.
	 */
	private boolean isOfTheseBets(DrawRecord candidate) {
		DrawSettings made = this.head.settings();
		Frame drawn = this.draw;
		boolean fits = candidate.isConsistent() && (made == null || made.name().isEmpty()
				|| (made.name().equals(candidate.name()) && made.winningNumber() == candidate.winningNumber()));
		boolean missing = this.lostEntries > 0 || !this.head.checkpoint().isKnown();
		if (drawn != null) {
			fits &= candidate.instant().toEpochMilli() == drawn.before() && candidate.winningNumber() == drawn.count();
		}
		else {
			fits &= missing;
		}
		boolean same = candidate.bets() == 0;
		for (AgencyRecord agency : candidate.agencies()) {
			Found found = found(agency.agency());
			found.recorded = agency;
			same |= found.isAsRecorded();
			boolean allProven = found.proven == found.rows && found.rows == agency.bets();
			fits &= found.proven <= agency.bets() && (!allProven || found.isAsRecorded());
		}
		fits &= this.agencies.values().stream().allMatch((found) -> found.proven == 0 || found.recorded != null);
		return fits && (same || drawn != null);
	}

	private void judge(int agency, Found found) {
		AgencyRecord recorded = found.recorded;
		if (this.record == null) {
			return;
		}
		if (recorded == null) {
			found.distrusted = true;
		}
		else {
			found.before = Math.max(found.before, recorded.bets());
			found.distrusted = !found.isAsRecorded();
		}
	}

	private void addDraw() throws IOException {
		Frame frame = this.draw;
		if (frame != null) {
			this.kept.drawn(frame.count(), frame.before());
		}
		else if (this.record != null) {
			this.kept.drawn(this.record.winningNumber(), this.record.instant().toEpochMilli());
		}
	}

	private DrawSettings settings() {
		DrawSettings made = this.head.settings();
		if (made != null) {
			return made;
		}
		return (this.record == null) ? DrawSettings.unknown()
				: new DrawSettings(this.record.name(), this.record.winningNumber());
	}

	/** Why it can't be known what else there was, or null. */
	private @Nullable String doubt() throws IOException {
		boolean certain = this.head.checkpoint().stopped();
		StoreFile file = this.journal;
		if (isDrawn()) {
			return null;
		}
		if (this.rowsAreUnknown) {
			return "bets.csv has rows that bets.journal does not know, which may be an older one";
		}
		if (certain) {
			return null;
		}
		if (file == null || file.size() == 0) {
			return "bets.journal was missing, empty, or of another store";
		}
		if (file.size() < this.head.checkpoint().length()) {
			return "bets.journal was cut";
		}
		if (this.head.gone()) {
			return "bets.journal had lost its head";
		}
		return this.endIsDropped ? "the end of bets.journal was damaged, and is dropped" : null;
	}

	private void report() throws IOException {
		this.agencies.forEach((agency, found) -> {
			long keptBets = this.kept.kept(agency);
			long lost = Math.max(found.before - keptBets, found.setAside);
			if (lost > 0 || (found.unproven > 0 && keptBets > 0)) {
				boolean again = !isDrawn() && this.finished.containsKey(agency)
						&& this.kept.next(agency) != this.finished.get(agency);
				this.report.accept(String.format(Locale.ROOT,
						"in_progress | agency: %d | kept_bets: %d | set_aside_bets: %d | to_be_sent_again: %d | open_again: %s%s",
						agency, keptBets, lost, isDrawn() ? 0 : lost, again,
						(found.unproven > 0) ? " | kept_without_proof: " + found.unproven : ""));
			}
		});
		this.report.accept(String.format(Locale.ROOT, "in_progress | kept_bets: %d | unreadable_entries: %d",
				this.kept.kept(), this.lostEntries));
		if (this.lostControls > 0 && !isDrawn()) {
			this.report.accept(String.format(Locale.ROOT,
					"in_progress | lost_finishes: %d | reason: no file says whose, nor whether one was the draw; these agencies have not finished any more",
					this.lostControls));
		}
		else if (!this.head.checkpoint().isKnown()) {
			this.report
				.accept("in_progress | lost_finishes: unknown | reason: no file says what else the store had held");
		}
		String doubt = doubt();
		if (doubt != null) {
			this.report.accept("in_progress | lost: unknown | reason: " + doubt
					+ "; which agencies have lost bets or their finish can't be known");
		}
		if (this.unknownLosses) {
			this.report.accept(
					"in_progress | lost_bets: unknown | reason: no file says whose bets were where none can be read");
		}
	}

	/** What is done with what is there. */
	private interface Pass {

		/** An entry, a batch with its rows. */
		void entry(Frame frame, FileWindow window, long at) throws IOException;

		/** A batch without its rows. */
		void lost(Frame frame) throws IOException;

		/** Rows whose entries are lost. */
		RowScanner.RowListener rows(int gap);

		void endOfRows() throws IOException;

		/** Bytes of bets.csv that are no bets, or not known to be. */
		void aside(byte[] bytes) throws IOException;

	}

	/** What is known of an agency. */
	private static final class Found {

		/** How many bets it had before the damage, as far as that is known. */
		private long before;

		/** Bets that entries prove. */
		private long proven;

		/** All that could be kept, and their hash. */
		private long next;

		private long rows;

		private final MessageDigest hash = Sha256.digest();

		/** Gaps whose rows no entry has spoken for yet. */
		private final Set<Integer> pending = new HashSet<>();

		/** Gaps whose rows are not as many as the entries behind them say. */
		private final Set<Integer> contradicted = new HashSet<>();

		private @Nullable AgencyRecord recorded;

		/** Whether the record of the draw speaks against its rows without entries. */
		private boolean distrusted;

		/** Whether it is to send again what comes from its first lost bet on. */
		private boolean broken;

		private long unproven;

		private long setAside;

		private void hadBefore(long bets) {
			this.before = Math.max(this.before, bets);
		}

		private boolean isAsRecorded() {
			AgencyRecord agency = this.recorded;
			return agency != null && this.rows == agency.bets() && Sha256.hex(this.hash).equals(agency.sha256());
		}

		/** An entry says how many bets there were. */
		private void said(long bets) {
			if (bets != this.next) {
				this.contradicted.addAll(this.pending);
			}
			this.pending.clear();
			this.next = bets;
		}

	}

	/** Counts and hashes. */
	private final class Survey implements Pass {

		@Override
		public void entry(Frame frame, FileWindow window, long at) throws IOException {
			if (frame.kind() == Kind.DRAWN) {
				Rebuild.this.draw = frame;
				return;
			}
			Found found = said(frame);
			if (frame.kind() == Kind.BATCH) {
				int from = window.load(at, frame.length());
				found.hash.update(window.bytes(), from, frame.length());
				found.rows += frame.count();
				found.proven += frame.count();
			}
			else if (frame.kind() == Kind.FINISHED) {
				Rebuild.this.finished.put(frame.agency(), frame.before());
			}
		}

		@Override
		public void lost(Frame frame) {
			said(frame);
		}

		private Found said(Frame frame) {
			Found found = found(frame.agency());
			found.said(frame.before());
			found.next += frame.count();
			found.hadBefore(found.next);
			return found;
		}

		@Override
		public RowScanner.RowListener rows(int gap) {
			return (agency, bytes, from, end) -> {
				Found found = found(agency);
				found.pending.add(gap);
				found.next++;
				found.hadBefore(found.next);
				found.rows++;
				found.hash.update(bytes, from, end - from);
			};
		}

		@Override
		public void endOfRows() {
			// each row was counted by itself
		}

		@Override
		public void aside(byte[] bytes) {
			// later
		}

	}

	/** Keeps, or sets aside. */
	private final class Copy implements Pass {

		/** Rows of one agency that follow each other, whose entries are lost. */
		private byte[] run = new byte[BATCH_BYTES];

		private int length;

		private int count;

		private int runAgency;

		private final FileWindow found;

		Copy() throws IOException {
			this.found = new FileWindow(Rebuild.this.bets.channel());
		}

		@Override
		public void entry(Frame frame, FileWindow window, long at) throws IOException {
			if (frame.kind() == Kind.BATCH) {
				if (!this.found.lacksOnly(frame.rowsAt(), window, at, frame.length())) {
					setAside(this.found, frame.rowsAt(), Math.min(frame.rowsEnd(), this.found.size()), this);
				}
				byte[] rows = window.copy(at, frame.length());
				keep(new Rows(frame.agency(), frame.count(), rows, 0, rows.length), frame.before());
			}
		}

		@Override
		public void lost(Frame frame) throws IOException {
			found(frame.agency()).broken = true;
			FileWindow window = new FileWindow(Rebuild.this.bets.channel());
			setAside(window, frame.rowsAt(), Math.min(frame.rowsEnd(), window.size()), this);
		}

		/**
		 * @param before how many bets of the agency come before these
		 */
		private void keep(Rows rows, long before) throws IOException {
			int agency = rows.agency();
			Found found = found(agency);
			found.broken |= before != Rebuild.this.kept.next(agency);
			if (isDrawn() ? before < Rebuild.this.kept.next(agency) : found.broken) {
				found.setAside += rows.count();
				aside(rows.toByteArray());
				return;
			}
			Rebuild.this.kept.lost(agency, before);
			Rebuild.this.kept.batch(rows);
		}

		@Override
		public RowScanner.RowListener rows(int gap) {
			return (agency, bytes, from, end) -> {
				Found found = found(agency);
				if (found.distrusted || found.contradicted.contains(gap)) {
					found.broken = true;
					found.setAside++;
					aside(Arrays.copyOfRange(bytes, from, end));
					return;
				}
				if (agency != this.runAgency || this.length + end - from > BATCH_BYTES) {
					endOfRows();
				}
				this.runAgency = agency;
				System.arraycopy(bytes, from, this.run, this.length, end - from);
				this.length += end - from;
				this.count++;
				if (Rebuild.this.record == null && !Rebuild.this.gapIsProven) {
					found.unproven++;
				}
			};
		}

		@Override
		public void endOfRows() throws IOException {
			if (this.count > 0) {
				byte[] rows = Arrays.copyOf(this.run, this.length);
				keep(new Rows(this.runAgency, this.count, rows, 0, this.length),
						Rebuild.this.kept.next(this.runAgency));
			}
			this.count = 0;
			this.length = 0;
		}

		@Override
		public void aside(byte[] bytes) throws IOException {
			Rebuild.this.aside.write(ByteBuffer.wrap(bytes), Rebuild.this.aside.size());
		}

	}

}
