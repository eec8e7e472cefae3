package loteria.central.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

import loteria.central.store.disk.JournalReader.Piece;
import loteria.central.store.disk.Recovered.Damage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what a {@link Recovery} found has to be done: keeps aside, mends the journal from
 * bets.csv, then bets.csv from the journal, and makes all of it durable.
 */
public final class Mending {

	private static final Logger log = LoggerFactory.getLogger(Mending.class);

	private final StoreDirectory directory;

	private final StoreFile journal;

	private final StoreFile bets;

	private final Recovered recovered;

	public Mending(StoreDirectory directory, StoreFile journal, StoreFile bets, Recovered recovered) {
		this.directory = directory;
		this.journal = journal;
		this.bets = bets;
		this.recovered = recovered;
	}

	/**
	 * @param settings that the store is for from now on
	 * @return where to go on
	 */
	public Checkpoint run(DrawSettings settings) throws IOException {
		Tip tip = this.recovered.tip();
		Path kept = keepAside();
		for (Repair repair : this.recovered.repairs()) {
			mend(repair);
		}
		long journalEnd = this.journal.size();
		if (this.recovered.cut().journal() > 0) {
			this.journal.writeZeros(tip.at(), journalEnd);
		}
		report(this.recovered.head().damaged(), StoreDirectory.JOURNAL, 0, DrawSettings.BYTES, 0, 0, "its other copy");
		// A killed central may not have forced its last group, and where a force failed
		// the
		// system may take for written what is not: only bytes written anew are forced.
		Head.write(this.journal, settings);
		this.journal.rewrite(this.recovered.group(), tip.at());
		this.journal.force();
		long unit = StoreDirectory.UNIT;
		long end = Math.max(journalEnd, tip.at());
		this.journal.writeZeros(end, (end + unit - 1) / unit * unit);
		levelBets();
		Checkpoint checkpoint = this.recovered.head().checkpoint();
		for (int copies = 0; copies < 2; copies++) {
			checkpoint = new Checkpoint(checkpoint.number() + 1, tip, tip.rowsEnd(), false);
			Head.write(this.journal, checkpoint);
		}
		this.journal.force();
		reportCut(kept);
		return checkpoint;
	}

	private @Nullable Path keepAside() throws IOException {
		Recovered.Cut cut = this.recovered.cut();
		if (!cut.isAny()) {
			return null;
		}
		Path kept = this.directory.aside("bets.cut");
		Tip tip = this.recovered.tip();
		this.directory.keep(kept, this.journal.channel(), cut.at(), cut.at() + cut.journal());
		this.directory.keep(kept, this.bets.channel(), tip.rowsEnd(), tip.rowsEnd() + cut.bets());
		return kept;
	}

	private void mend(Repair repair) throws IOException {
		switch (repair) {
			case Repair.Frames(Frame frame, long batch) -> {
				writeFrames(frame);
				boolean torn = frame.group() == this.recovered.group()
						&& frame.at() >= this.recovered.head().checkpoint().tip().at();
				report(!torn, StoreDirectory.JOURNAL, frame.at(), frame.end() - frame.at(), frame.agency(), batch,
						"its other copy");
			}
			case Repair.Rows(Frame frame, long batch) -> {
				writeRows(frame, new FileWindow(this.bets.channel()));
				report(true, StoreDirectory.JOURNAL, frame.rows(), frame.length(), frame.agency(), batch,
						StoreDirectory.BETS);
			}
			case Repair.Batches batches -> {
				FileWindow rows = new FileWindow(this.bets.channel());
				long[] end = { 0 };
				batches.forEach(new FileWindow(this.bets.channel()), (frame) -> {
					writeRows(frame, rows);
					end[0] = frame.end();
				});
				report(true, StoreDirectory.JOURNAL, batches.from().at(), end[0] - batches.from().at(), 0,
						batches.batch(), StoreDirectory.BETS);
			}
		}
	}

	private void writeFrames(Frame frame) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate(Frame.BYTES);
		frame.encode(bytes);
		this.journal.write(bytes.flip(), frame.at());
		this.journal.write(bytes.rewind(), frame.second());
	}

	private void writeRows(Frame frame, FileWindow rows) throws IOException {
		int from = rows.load(frame.rowsAt(), frame.length());
		this.journal.write(ByteBuffer.wrap(rows.bytes(), from, frame.length()), frame.rows());
		writeFrames(frame);
	}

	/** Writes what bets.csv has not, or not for certain, from the first such batch on. */
	private void levelBets() throws IOException {
		Frame level = this.recovered.level();
		long end = this.recovered.tip().rowsEnd();
		if (level != null) {
			JournalReader reader = new JournalReader(this.journal.channel());
			reader.goOnAt(level);
			FileWindow now = new FileWindow(this.bets.channel());
			while (reader.tip().at() < this.recovered.tip().at()
					&& reader.next() instanceof Piece.Entry(Frame frame, boolean _, boolean _)) {
				level(frame, reader.journal(), now);
			}
		}
		if (level != null || this.bets.size() != end || !this.recovered.repairs().isEmpty()) {
			this.bets.cut(end);
		}
		for (Damage damage : this.recovered.damages()) {
			report(true, StoreDirectory.BETS, damage.from(), damage.end() - damage.from(), damage.agency(),
					damage.batch(), StoreDirectory.JOURNAL);
		}
	}

	private void level(Frame frame, FileWindow rows, FileWindow now) throws IOException {
		boolean forced = frame.rowsEnd() <= this.recovered.head().checkpoint().forced();
		if (forced && now.equals(frame.rowsAt(), rows, frame.rows(), frame.length())) {
			return;
		}
		int from = rows.load(frame.rows(), frame.length());
		this.bets.write(ByteBuffer.wrap(rows.bytes(), from, frame.length()), frame.rowsAt());
	}

	private static void report(boolean damaged, String file, long offset, long bytes, int agency, long batch,
			String source) {
		if (damaged) {
			log.warn(
					"action: store_recovery | result: in_progress | mended: {} | offset: {} | bytes: {} | agency: {} | batch: {} | from: {}",
					file, offset, bytes, agency, batch, source);
		}
	}

	private void reportCut(@Nullable Path kept) {
		if (kept != null) {
			Recovered.Cut cut = this.recovered.cut();
			log.warn(
					"action: store_recovery | result: in_progress | cut_bytes: {} | cut_batches: {} | cut_journal_bytes: {} | kept_in: {} | reason: {}",
					cut.bets(), cut.batches(), cut.journal(), kept.getFileName(),
					(cut.bets() > 0) ? "nothing like it was stored" : "the last write was torn");
		}
	}

}
