package loteria.agency.sending;

import java.nio.file.Path;

import loteria.agency.file.RowCount;
import loteria.agency.file.RowListener;
import loteria.agency.file.SkippedRow;
import loteria.agency.terminal.ProgressDisplay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what happens to the rows of a file, and says so in the log and on the terminal.
 */
public final class Tally implements RowListener {

	private static final Logger log = LoggerFactory.getLogger(Tally.class);

	private final Path file;

	private final ProgressDisplay display;

	private RowCount rows = new RowCount();

	private long durable;

	private long resumed;

	private long batches;

	private boolean begun;

	private boolean allSent;

	private long start;

	private long lastStored;

	public Tally(Path file, ProgressDisplay display) {
		this.file = file;
		this.display = display;
	}

	@Override
	public void valid() {
		this.rows.valid();
	}

	@Override
	public void skipped(SkippedRow row) {
		this.rows.skipped(row);
		tell(row);
	}

	private void tell(SkippedRow row) {
		log.warn("action: fila_omitida | result: fail | {} | file: {}", row, this.file);
	}

	/** Nothing of the file is going to be sent. */
	public void refused(RowCount count) {
		this.rows = count;
		count.examples().forEach(this::tell);
	}

	/** A batch is on its way. */
	void sent() {
		if (!this.begun) {
			this.begun = true;
			this.start = System.nanoTime();
			this.lastStored = this.start;
		}
	}

	/** The central has confirmed {@code batch}. */
	void stored(Batch batch) {
		this.durable += batch.size();
		this.batches++;
		this.lastStored = System.nanoTime();
		this.display.reached(batch.offset());
		if (batch.size() == 1) {
			log.info("action: apuesta_enviada | result: success | cantidad: 1 | dni: {} | numero: {}",
					batch.request().bets().getFirst().document(), batch.request().bets().getFirst().number());
		}
		else {
			log.info("action: apuesta_enviada | result: success | cantidad: {}", batch.size());
		}
	}

	/** The central has bets of the file that no reply of this run was about. */
	void resumed(long bets) {
		this.durable += bets;
		this.resumed += bets;
	}

	/** Nothing is left to send. */
	void allSent() {
		this.allSent = true;
	}

	public boolean isAllSent() {
		return this.allSent;
	}

	/** How many bets of the file the central has for certain. */
	public long durable() {
		return this.durable;
	}

	public long resumed() {
		return this.resumed;
	}

	public RowCount rows() {
		return this.rows;
	}

	public long batches() {
		return this.batches;
	}

	/**
	 * From the beginning until the last bet was stored, without the wait for the draw.
	 */
	public double seconds() {
		return (this.lastStored - this.start) / 1e9;
	}

}
