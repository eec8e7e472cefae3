package loteria.agency.sending;

import java.nio.file.Path;

import loteria.agency.file.RowListener;
import loteria.agency.terminal.ProgressDisplay;
import loteria.bet.InvalidBet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what happens to the rows of a file, and says so in the log and on the terminal.
 */
public final class Tally implements RowListener {

	private static final Logger log = LoggerFactory.getLogger(Tally.class);

	private final Path file;

	private final ProgressDisplay display;

	private long rows;

	private long skipped;

	private long durable;

	private long resumed;

	private long batches;

	private boolean begun;

	private long start;

	private long lastStored;

	public Tally(Path file, ProgressDisplay display) {
		this.file = file;
		this.display = display;
	}

	@Override
	public void valid() {
		this.rows++;
	}

	@Override
	public void skipped(long line, InvalidBet why) {
		this.rows++;
		this.skipped++;
		log.warn(
				"action: fila_omitida | result: fail | line: {} | field: {} | value: {} | reason: must be {} | file: {}",
				line, why.field(), why.value(), why.rule(), this.file);
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

	/** How many bets of the file the central has for certain. */
	public long durable() {
		return this.durable;
	}

	public long resumed() {
		return this.resumed;
	}

	public long rows() {
		return this.rows;
	}

	public long skipped() {
		return this.skipped;
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
