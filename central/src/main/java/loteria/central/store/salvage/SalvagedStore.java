package loteria.central.store.salvage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

import loteria.bet.Rows;
import loteria.central.store.disk.Checkpoint;
import loteria.central.store.disk.DrawSettings;
import loteria.central.store.disk.Frame.Kind;
import loteria.central.store.disk.Head;
import loteria.central.store.disk.JournalWriter;
import loteria.central.store.disk.StoreFile;

/**
 * The new files, into which goes what is kept.
 */
final class SalvagedStore {

	private final StoreFile journalFile;

	private final StoreFile bets;

	private final JournalWriter journal;

	private final Checkpoint begun;

	/** By agency, the number of its next bet. */
	private final Map<Integer, Long> next = new HashMap<>();

	private final Map<Integer, Long> kept = new HashMap<>();

	private long betsEnd;

	private long groupBytes;

	SalvagedStore(StoreFile journalFile, StoreFile bets) throws IOException {
		this.journalFile = journalFile;
		this.bets = bets;
		this.begun = Head.create(journalFile, DrawSettings.UNKNOWN);
		this.journal = new JournalWriter(journalFile, this.begun.tip());
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
		this.journal.add(Kind.BATCH, rows.count(), next(rows.agency()), rows, (int) check.getValue());
		this.betsEnd = this.bets.write(ByteBuffer.wrap(rows.toByteArray()), this.betsEnd);
		this.next.merge(rows.agency(), (long) rows.count(), Long::sum);
		this.kept.merge(rows.agency(), (long) rows.count(), Long::sum);
		this.groupBytes += rows.length();
		if (this.groupBytes > JournalWriter.GROUP_BYTES) {
			endGroup();
		}
	}

	/** Says that bets are missing up to the one with this number. */
	void lost(int agency, long before) throws IOException {
		long lost = before - next(agency);
		if (lost > 0) {
			this.journal.add(Kind.LOST, Math.toIntExact(lost), next(agency), Rows.none(agency), 0);
			this.next.put(agency, before);
		}
	}

	void finished(int agency) throws IOException {
		this.journal.add(Kind.FINISHED, 0, next(agency), Rows.none(agency), 0);
	}

	void drawn(int winningNumber, long instant) throws IOException {
		endGroup();
		this.journal.add(Kind.DRAWN, winningNumber, instant, Rows.none(0), 0);
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
		Head.write(this.journalFile, settings);
		for (int copy = 1; copy <= 2; copy++) {
			new Checkpoint(this.begun.number() + copy, this.journal.tip(), this.betsEnd, true).write(this.journalFile);
		}
		this.journalFile.force();
	}

}
