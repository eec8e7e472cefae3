package loteria.central.store.file;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import loteria.central.store.Sequence;
import loteria.central.store.file.JournalEntry.Kind;
import loteria.protocol.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * One thing for the writing thread to write.
 *
 * @param sequence whether a batch is the next one
 * @param instant of the draw, as in {@link JournalEntry}
 * @param count of a batch its bets; of the draw the number that won
 * @param done completes with null when durable, else with the reason why not
 */
record Work(Kind kind, int agency, Sequence sequence, long instant, byte[] rows, int count,
		List<String> documentsOfWinners, CompletableFuture<@Nullable Refusal> done) {

	private static final byte[] NONE = {};

	static Work batch(int agency, Sequence sequence, byte[] rows, int count, List<String> documentsOfWinners) {
		return new Work(Kind.BATCH, agency, sequence, 0, rows, count, documentsOfWinners, new CompletableFuture<>());
	}

	static Work close(int agency) {
		return of(Kind.CLOSED, agency, 0, 0);
	}

	static Work draw(int winningNumber, Instant instant) {
		return of(Kind.DRAWN, 0, instant.toEpochMilli(), winningNumber);
	}

	static Work stop() {
		return of(Kind.STOPPED, 0, 0, 0);
	}

	private static Work of(Kind kind, int agency, long instant, int count) {
		return new Work(kind, agency, Sequence.ANYWHERE, instant, NONE, count, List.of(), new CompletableFuture<>());
	}

	/**
	 * Whether it says that all before it is durable, and hence must not be torn together
	 * with any of it.
	 */
	boolean comesAlone() {
		return this.kind == Kind.DRAWN || this.kind == Kind.STOPPED;
	}

}
