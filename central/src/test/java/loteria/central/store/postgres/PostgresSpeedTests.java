package loteria.central.store.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import loteria.bet.Rows;
import loteria.central.store.Sequence;
import loteria.protocol.Refusal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Prints how fast stores on one PostgreSQL are beside COPY alone, with transactions of as
 * many bets: {@code -Dstore.bets=1000000} for figures that mean something.
 */
@Timeout(600)
class PostgresSpeedTests {

	private static final int AGENCIES = 6;

	private static final int BATCH = 100;

	private static final int BETS = Integer.getInteger("store.bets", 30_000);

	/** Under way at once, as an agency's window has them. */
	private static final int WINDOW = 8;

	private static final int ROUNDS = 3;

	private int groups;

	@Test
	void isAtLeastHalfAsFastAsCopyAlone() throws Exception {
		List<Double> ratios = new ArrayList<>();
		for (int round = 0; round < ROUNDS; round++) {
			double one = betsPerSecond(1);
			double copy = copiedPerSecond(this.groups);
			double three = betsPerSecond(3);
			ratios.add(one / copy);
			System.out.printf(Locale.ROOT,
					"PostgreSQL, %d agencies, batches of %d, bets/s: one central %,.0f, three %,.0f, COPY alone %,.0f (%d transactions)%n",
					AGENCIES, BATCH, one, three, copy, this.groups);
		}
		// whatever else the machine did in one of the rounds
		assertThat(ratios).anySatisfy((ratio) -> assertThat(ratio).isGreaterThan(0.5));
	}

	private double betsPerSecond(int centrals) throws Exception {
		String draw = TestDatabase.newDraw();
		List<PostgresBetStore> stores = new ArrayList<>();
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		try (ExecutorService threads = Executors.newFixedThreadPool(AGENCIES)) {
			for (int i = 0; i < centrals; i++) {
				stores.add(TestDatabase.open(draw, registry));
			}
			List<Rows> rows = new ArrayList<>();
			for (int agency = 1; agency <= AGENCIES; agency++) {
				rows.add(TestBets.rows(agency, 0, BATCH));
			}
			long started = System.nanoTime();
			List<Future<Boolean>> agencies = new ArrayList<>();
			for (Rows batch : rows) {
				PostgresBetStore store = stores.get(batch.agency() % centrals);
				agencies.add(threads.submit(() -> storeAll(store, batch)));
			}
			for (Future<Boolean> stored : agencies) {
				assertThat(stored.get()).isTrue();
			}
			double seconds = (System.nanoTime() - started) / 1e9;
			if (centrals == 1) {
				this.groups = (int) registry.get("lottery.store.commit").timer().count();
			}
			return BETS / seconds;
		}
		finally {
			stores.forEach(PostgresBetStore::close);
		}
	}

	private static boolean storeAll(PostgresBetStore store, Rows batch) {
		Sequence sequence = new Sequence(0);
		boolean all = true;
		List<CompletableFuture<@Nullable Refusal>> window = new ArrayList<>();
		int batches = BETS / AGENCIES / BATCH;
		for (int i = 0; i < batches; i++) {
			window.add(store.append(sequence, batch));
			if (window.size() == WINDOW || i == batches - 1) {
				for (CompletableFuture<@Nullable Refusal> answer : window) {
					all &= answer.join() == null;
				}
				window.clear();
			}
		}
		return all;
	}

	/** Nothing but COPY, on one connection, with nothing to decide. */
	private static double copiedPerSecond(int transactions) throws Exception {
		String draw = TestDatabase.newDraw();
		Rows batch = TestBets.rows(1, 0, BATCH);
		try (Connection connection = DriverManager.getConnection(TestDatabase.url())) {
			connection.setAutoCommit(false);
			long started = System.nanoTime();
			long seq = 0;
			for (int i = 1; i <= transactions; i++) {
				try (CopyIn copy = CopyIn.begin(connection, draw)) {
					while (seq < (long) BETS * i / transactions) {
						copy.add(seq, batch);
						seq += BATCH;
					}
					copy.finish();
				}
				connection.commit();
			}
			return seq / ((System.nanoTime() - started) / 1e9);
		}
	}

}
