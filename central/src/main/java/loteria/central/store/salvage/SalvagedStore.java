package loteria.central.store.salvage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

import loteria.bet.Rows;
import loteria.central.store.disk.Checkpoint;
import loteria.central.store.disk.DrawSettings;
import loteria.central.store.disk.Frame;
import loteria.central.store.disk.Frame.Kind;
import loteria.central.store.disk.Head;
import loteria.central.store.disk.Heads;
import loteria.central.store.disk.JournalWriter;
import loteria.central.store.disk.StoreDirectory;
import loteria.central.store.disk.StoreFile;
import loteria.central.store.disk.Tip;

/**
 * The new files, into which goes what is kept.
 */
final class SalvagedStore {

	private final StoreDirectory directory;

	private final StoreFile journalFile;

	private final StoreFile bets;

	private final JournalWriter journal;

	/** By agency, the number of its next bet. */
	private final Map<Integer, Long> next = new HashMap<>();

	private final Map<Integer, Long> kept = new HashMap<>();

	private long betsEnd;

	private long groupBytes;

	SalvagedStore(StoreDirectory directory, StoreFile journalFile, StoreFile bets) throws IOException {
		this.directory = directory;
		this.journalFile = journalFile;
		this.bets = bets;
		Head.create(journalFile, DrawSettings.unknown());
		this.journal = new JournalWriter(journalFile, Tip.EMPTY, (length) -> {
		});
		this.journal.begin();
	}

	long next(int agency) {
		return this.next.getOrDefault(agency, 0L);
	}

	/** How many bets of an agency are there. */
	long kept(int agency) {
		return this.kept.getOrDefault(agency, 0L);
	}

	long kept() {
		return this.kept.values().stream().mapToLong(Long::longValue).sum();
	}

	void batch(Rows rows) throws IOException {
		CRC32C check = new CRC32C();
		rows.update(check);
		add(Kind.BATCH, rows.count(), next(rows.agency()), rows, (int) check.getValue());
		this.betsEnd = this.bets.write(ByteBuffer.wrap(rows.toByteArray()), this.betsEnd);
		this.next.merge(rows.agency(), (long) rows.count(), Long::sum);
		this.kept.merge(rows.agency(), (long) rows.count(), Long::sum);
	}

	/** Says that bets are missing up to the one with this number. */
	void lost(int agency, long before) throws IOException {
		for (long lost = before - next(agency); lost > 0; lost = before - next(agency)) {
			int some = (int) Math.min(lost, Integer.MAX_VALUE);
			add(Kind.LOST, some, next(agency), Rows.none(agency), 0);
			this.next.merge(agency, (long) some, Long::sum);
		}
	}

	void finished(int agency) throws IOException {
		add(Kind.FINISHED, 0, next(agency), Rows.none(agency), 0);
	}

	void drawn(int winningNumber, long instant) throws IOException {
		endGroup();
		add(Kind.DRAWN, winningNumber, instant, Rows.none(0), 0);
	}

	private void add(Kind kind, int count, long before, Rows rows, int check) throws IOException {
		this.journal.add(kind, count, before, rows, check);
		this.groupBytes += rows.length() + 2L * Frame.BYTES;
		if (this.groupBytes > JournalWriter.GROUP_BYTES) {
			endGroup();
		}
	}

	private void endGroup() throws IOException {
		this.journal.write();
		this.journal.begin();
		this.groupBytes = 0;
	}

	/** Makes all of it durable, as if a central had stopped in order. */
	void end(DrawSettings settings) throws IOException {
		endGroup();
		this.bets.force();
		Heads
			.of(this.directory, this.journalFile, StoreDirectory.STORE + StoreDirectory.SALVAGED, settings.ofNewStore(),
					Checkpoint.NONE, this.journal.tip(), true)
			.close();
	}

}
