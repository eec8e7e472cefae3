package loteria.central.store.commit;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;

import loteria.bet.DocumentList;
import loteria.bet.Rows;
import loteria.central.store.Sequence;
import loteria.protocol.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * One thing for the writing thread to write. What can be computed of it beforehand is, by
 * the thread that hands it in, while the group before is being forced.
 *
 * @param sequence whether a batch is the next one
 * @param rows of a batch; of anything else none
 * @param instant of the draw, in ms since 1970
 * @param winningNumber of the draw
 * @param done completes with null when durable, else with the reason why not
 */
public record Work(Kind kind, Sequence sequence, Rows rows, int rowsCheck, DocumentList documentsOfWinners,
		long instant, int winningNumber, CompletableFuture<@Nullable Refusal> done) {

	public static Work batch(Sequence sequence, Rows rows, int winningNumber) {
		CRC32C check = new CRC32C();
		rows.update(check);
		return new Work(Kind.BATCH, sequence, rows, (int) check.getValue(), rows.documentsBetOn(winningNumber), 0, 0,
				new CompletableFuture<>());
	}

	public static Work finish(int agency) {
		return of(Kind.FINISH, agency, 0, 0);
	}

	public static Work draw(int winningNumber, Instant instant) {
		return of(Kind.DRAW, 0, instant.toEpochMilli(), winningNumber);
	}

	public static Work stop() {
		return of(Kind.STOP, 0, 0, 0);
	}

	private static Work of(Kind kind, int agency, long instant, int winningNumber) {
		return new Work(kind, Sequence.ANYWHERE, Rows.none(agency), 0, new DocumentList(), instant, winningNumber,
				new CompletableFuture<>());
	}

	public int agency() {
		return this.rows.agency();
	}

	/**
	 * Whether it says that all before it is durable, and hence must not be torn together
	 * with any of it.
	 */
	boolean comesAlone() {
		return this.kind == Kind.DRAW || this.kind == Kind.STOP;
	}

	/** What the same client sent behind it, counting on it, is to be refused too. */
	public Refusal refuse(Refusal refusal) {
		this.sequence.breakOff();
		return refusal;
	}

	public enum Kind {

		BATCH, FINISH, DRAW, STOP

	}

}
