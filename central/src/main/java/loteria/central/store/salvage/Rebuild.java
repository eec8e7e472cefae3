package loteria.central.store.salvage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import loteria.bet.Rows;
import loteria.central.store.DrawRecord;
import loteria.central.store.DrawRecord.AgencyRecord;
import loteria.central.store.StoreFailure;
import loteria.central.store.disk.DrawSettings;
import loteria.central.store.disk.FileWindow;
import loteria.central.store.disk.Frame;
import loteria.central.store.disk.Frame.Kind;
import loteria.central.store.disk.Head;
import loteria.central.store.disk.JournalReader;
import loteria.central.store.disk.JournalReader.Piece;
import loteria.central.store.disk.RowRuns;
import loteria.central.store.disk.RowScanner;
import loteria.central.store.disk.StoreFile;
import org.jspecify.annotations.Nullable;

/**
 * Copies what is to be kept of a damaged store into new files, and other bytes of
 * {@code bets.csv} into one of their own.
 */
final class Rebuild {

	private final StoreFile journalFile;

	private final JournalReader journal;

	private final FileWindow bets;

	private final StoreFile aside;

	private final SalvagedStore kept;

	private final @Nullable DrawRecord record;

	private final Consumer<String> report;

	/** How many bets an agency had before the damage, as far as that is known. */
	private final Map<Integer, Long> before = new TreeMap<>();

	/** Agencies that are to send again what comes from their first lost bet on. */
	private final Set<Integer> broken = new HashSet<>();

	/** By agency, its bets when it finished. */
	private final Map<Integer, Long> finished = new LinkedHashMap<>();

	private @Nullable Frame draw;

	/** Whether bets are lost, nobody knows whose. */
	private boolean unknownLosses;

	private long lostEntries;

	/**
	 * @param record of the draw, if it has happened, for a journal that lost it
	 */
	Rebuild(StoreFile journal, StoreFile bets, StoreFile aside, SalvagedStore kept, @Nullable DrawRecord record,
			Consumer<String> report) throws IOException {
		this.journalFile = journal;
		this.journal = new JournalReader(journal.channel());
		this.bets = new FileWindow(bets.channel());
		this.aside = aside;
		this.kept = kept;
		this.record = record;
		this.report = report;
	}

	void run() throws IOException, StoreFailure {
		survey();
		Piece piece = this.journal.next();
		while (!(piece instanceof Piece.End)) {
			switch (piece) {
				case Piece.Entry entry when entry.frame().kind() == Kind.BATCH -> batch(entry);
				case Piece.Entry _, Piece.End _ -> {
				}
				case Piece.Gap gap -> {
					this.lostEntries += gap.next().number() - 1 - gap.from().entries();
					unframed(gap.from().rowsEnd(), gap.next().rowsAt(), false);
				}
			}
			piece = this.journal.next();
		}
		unframed(this.journal.tip().rowsEnd(), this.bets.size(), true);
		if (isDrawn()) {
			addLosses();
		}
		for (Map.Entry<Integer, Long> end : this.finished.entrySet()) {
			if (isDrawn() || this.kept.next(end.getKey()) == end.getValue()) {
				this.kept.finished(end.getKey());
			}
		}
		addDraw();
		this.kept.end(settings());
		report();
	}

	/** What stands behind the bets decides what becomes of them. */
	private void survey() throws IOException {
		JournalReader reader = new JournalReader(this.journalFile.channel());
		Piece piece = reader.next();
		while (!(piece instanceof Piece.End)) {
			if (piece instanceof Piece.Entry(Frame frame, boolean _, boolean _)) {
				switch (frame.kind()) {
					case BATCH, LOST -> hadBefore(frame.agency(), frame.before() + frame.count());
					case FINISHED -> {
						hadBefore(frame.agency(), frame.before());
						this.finished.put(frame.agency(), frame.before());
					}
					case DRAWN -> this.draw = frame;
				}
			}
			piece = reader.next();
		}
	}

	private void hadBefore(int agency, long bets) {
		this.before.merge(agency, bets, Math::max);
	}

	private boolean isDrawn() {
		return this.draw != null || this.record != null;
	}

	private void batch(Piece.Entry entry) throws IOException {
		Frame frame = entry.frame();
		byte[] rows = null;
		if (entry.rows()) {
			rows = this.journal.journal().copy(frame.rows(), frame.length());
		}
		else if (this.bets.check(frame.rowsAt(), frame.length()) == Integer.toUnsignedLong(frame.rowsCheck())) {
			rows = this.bets.copy(frame.rowsAt(), frame.length());
		}
		if (rows == null) {
			this.broken.add(frame.agency());
			setAside(frame.rowsAt(), Math.min(frame.rowsEnd(), this.bets.size()));
			return;
		}
		keep(new Rows(frame.agency(), frame.count(), rows, 0, rows.length), frame.before());
	}

	/**
	 * @param before how many bets of the agency come before these
	 */
	private void keep(Rows rows, long before) throws IOException {
		int agency = rows.agency();
		if (!isDrawn() && before > this.kept.next(agency)) {
			this.broken.add(agency);
		}
		if (!isDrawn() && this.broken.contains(agency)) {
			this.aside.write(ByteBuffer.wrap(rows.toByteArray()), this.aside.size());
			return;
		}
		this.kept.lost(agency, before);
		this.kept.batch(rows);
	}

	/**
	 * Keeps rows of which no entry tells any more, if they are whole: bets.csv has none
	 * but those of batches that were stored.
	 * @param toTheEnd whether a part of them may be missing
	 */
	private void unframed(long from, long end, boolean toTheEnd) throws IOException {
		long to = Math.min(end, this.bets.size());
		boolean whole = end <= this.bets.size() && RowRuns.count(this.bets, from, end) != null;
		if (from >= to || (!whole && !toTheEnd) || this.unknownLosses) {
			this.unknownLosses |= from < end;
			setAside(from, to);
			return;
		}
		long wholeEnd = RowScanner.scan(this.bets, from, to, (agency, bytes, rowFrom, rowEnd) -> {
		}).end();
		long[] at = { from };
		RowRuns.split(this.bets, from, wholeEnd, RowRuns.FREE, (agency, count, length) -> {
			byte[] rows = this.bets.copy(at[0], length);
			at[0] += length;
			keep(new Rows(agency, count, rows, 0, length), this.kept.next(agency));
			hadBefore(agency, this.kept.next(agency));
		});
		setAside(wholeEnd, to);
	}

	private void setAside(long from, long end) throws IOException {
		for (long at = from; at < end;) {
			int length = (int) Math.min(64 * 1024, end - at);
			this.aside.write(ByteBuffer.wrap(this.bets.copy(at, length)), this.aside.size());
			at += length;
		}
	}

	/**
	 * At the end of an agency's bets, where no batch follows that shows that some are
	 * missing.
	 */
	private void addLosses() throws IOException {
		DrawRecord drawn = this.record;
		if (drawn != null) {
			for (AgencyRecord agency : drawn.agencies()) {
				hadBefore(agency.agency(), agency.bets());
			}
		}
		for (Map.Entry<Integer, Long> agency : this.before.entrySet()) {
			this.kept.lost(agency.getKey(), agency.getValue());
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

	private DrawSettings settings() throws IOException, StoreFailure {
		DrawSettings made = Head.read(this.journalFile.channel()).settings();
		if (made != null) {
			return made;
		}
		return (this.record == null) ? DrawSettings.UNKNOWN
				: new DrawSettings(this.record.name(), this.record.winningNumber());
	}

	private void report() {
		this.before.forEach((agency, bets) -> {
			long lost = bets - this.kept.kept(agency);
			if (lost > 0) {
				boolean again = !isDrawn() && this.finished.containsKey(agency);
				this.report.accept(String.format(Locale.ROOT,
						"in_progress | agency: %d | kept_bets: %d | set_aside_bets: %d | to_be_sent_again: %d | open_again: %s",
						agency, this.kept.kept(agency), lost, isDrawn() ? 0 : lost, again));
			}
		});
		this.report.accept(String.format(Locale.ROOT, "in_progress | kept_bets: %d | unreadable_entries: %d",
				this.kept.kept(), this.lostEntries));
	}

}
