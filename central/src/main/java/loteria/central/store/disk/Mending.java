package loteria.central.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

import loteria.central.store.disk.JournalReader.Piece;
import loteria.central.store.disk.JournalReader.Source;
import loteria.central.store.disk.Recovered.Damage;
import loteria.central.store.disk.Recovered.Repair;
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
	public Heads run(DrawSettings settings) throws IOException {
		Tip tip = this.recovered.tip();
		Path cut = keepCut();
		Path damaged = keepDamaged();
		for (Repair repair : this.recovered.repairs()) {
			mend(repair);
		}
		long journalEnd = this.journal.size();
		if (this.recovered.cut().journal() > 0) {
			this.journal.writeZeros(tip.at(), journalEnd);
		}
		// A killed central may not have forced its last group, and where a force failed
		// the system may take for written what is not: only bytes written anew are
		// forced.
		this.journal.rewrite(this.recovered.group(), tip.at());
		long unit = StoreDirectory.UNIT;
		long end = Math.max(journalEnd, tip.at());
		this.journal.writeZeros(end, (end + unit - 1) / unit * unit);
		this.journal.force();
		levelBets(damaged);
		Head head = this.recovered.head();
		report(head.damaged(), StoreDirectory.JOURNAL, 0, DrawSettings.BYTES, 0, 0, "its other copy");
		report(head.twinDamaged() && tip.entries() > 0, StoreDirectory.STORE, 0, DrawSettings.BYTES, 0, 0,
				StoreDirectory.JOURNAL);
		DrawSettings made = head.settings();
		Heads heads = Heads.of(this.directory, this.journal, StoreDirectory.STORE,
				(made == null) ? settings.ofNewStore() : settings.ofStore(made), head.checkpoint(), tip, false);
		reportCut(cut);
		return heads;
	}

	private @Nullable Path keepCut() throws IOException {
		Recovered.Cut cut = this.recovered.cut();
		if (!cut.isAny()) {
			return null;
		}
		Path kept = this.directory.aside("bets.cut");
		Tip tip = this.recovered.tip();
		this.directory.keep(kept, this.journal.channel(), tip.at(), tip.at() + cut.journal());
		this.directory.keep(kept, this.bets.channel(), tip.rowsEnd(), tip.rowsEnd() + cut.bets());
		return kept;
	}

	/** What is in bets.csv in place of what was stored, one part behind the other. */
	private @Nullable Path keepDamaged() throws IOException {
		Path kept = null;
		for (Damage damage : this.recovered.damages()) {
			if (damage.foreign()) {
				kept = this.directory.aside("bets.damaged");
				this.directory.keep(kept, this.bets.channel(), damage.from(), damage.end());
			}
		}
		return kept;
	}

	private void mend(Repair repair) throws IOException {
		Frame frame = repair.frame();
		if (repair.rows()) {
			FileWindow rows = new FileWindow(this.bets.channel());
			int from = rows.load(frame.rowsAt(), frame.length());
			this.journal.write(ByteBuffer.wrap(rows.bytes(), from, frame.length()), frame.rows());
		}
		ByteBuffer bytes = ByteBuffer.allocate(Frame.BYTES);
		frame.encode(bytes);
		this.journal.write(bytes.flip(), frame.at());
		this.journal.write(bytes.rewind(), frame.second());
		if (repair.rows()) {
			report(true, StoreDirectory.JOURNAL, frame.rows(), frame.length(), frame.agency(), repair.batch(),
					StoreDirectory.BETS);
		}
		else {
			boolean torn = frame.group() == this.recovered.group()
					&& frame.at() >= this.recovered.head().checkpoint().tip().at();
			report(!torn, StoreDirectory.JOURNAL, frame.at(), frame.end() - frame.at(), frame.agency(), repair.batch(),
					"its other copy");
		}
	}

	/** Writes what bets.csv has not, or not for certain, from the first such batch on. */
	private void levelBets(@Nullable Path kept) throws IOException {
		Frame level = this.recovered.level();
		long end = this.recovered.tip().rowsEnd();
		if (level != null) {
			JournalReader reader = new JournalReader(this.journal.channel(), this.bets.channel(), Checkpoint.NONE);
			reader.goOnAt(level);
			FileWindow now = new FileWindow(this.bets.channel());
			while (reader.tip().at() < this.recovered.tip().at()
					&& reader.next() instanceof Piece.Entry(Frame frame, boolean _, Source _)) {
				level(frame, reader.window(Source.JOURNAL), now);
			}
		}
		if (level != null || this.bets.size() != end || !this.recovered.repairs().isEmpty()) {
			this.bets.cut(end);
		}
		for (Damage damage : this.recovered.damages()) {
			report(true, StoreDirectory.BETS, damage.from(), damage.end() - damage.from(), damage.agency(),
					damage.batch(), StoreDirectory.JOURNAL
							+ ((kept == null || !damage.foreign()) ? "" : " | kept_in: " + kept.getFileName()));
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
