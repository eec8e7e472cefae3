package loteria.central.store.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

import loteria.bytes.Sha256;
import loteria.central.store.DrawRecord;
import loteria.central.store.DrawRecord.AgencyRecord;
import loteria.central.store.Sequence;
import loteria.central.store.postgres.DatabaseProxy.Cut;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several stores of one draw at once, and a database that goes away.
 */
@Timeout(120)
class SharedStoreTests {

	private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

	private final String draw = TestDatabase.newDraw();

	@Test
	void oneAgencyGoesOnAtAnotherCentral() throws Exception {
		try (PostgresBetStore one = open(); PostgresBetStore other = open()) {
			for (int i = 0; i < 3; i++) {
				TestBets.store(one, 1, 10);
				TestBets.store(other, 1, 10);
			}
			assertThat(other.stored(1)).isEqualTo(60);
			assertThat(one.fingerprint(1)).isEqualTo(other.fingerprint(1));
			assertReason(one.append(new Sequence(50), TestBets.rows(1, 50, 10)).join(), Reason.OUT_OF_SEQUENCE);
			assertThat(other.close(1)).isNull();
			assertThat(one.isClosed(1)).isTrue();
			assertReason(one.append(Sequence.ANYWHERE, TestBets.rows(1, 60, 10)).join(), Reason.AGENCY_CLOSED);
		}
		assertStoredOnce(1, 60);
	}

	/** The course's dialects but one can't say where their bets begin. */
	@Test
	void storesWhatComesOverSeveralCentralsAtOnce() throws Exception {
		try (PostgresBetStore one = open();
				PostgresBetStore other = open();
				var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < 40; i++) {
				PostgresBetStore store = (i % 2 == 0) ? one : other;
				int agency = 1 + i % 3;
				threads.submit(
						() -> assertThat(store.append(Sequence.ANYWHERE, TestBets.rows(agency, 0, 7)).join()).isNull());
			}
		}
		assertThat(count("")).isEqualTo(280);
		assertThat(TestDatabase.query("SELECT agency FROM bets WHERE draw = " + literal()
				+ " GROUP BY agency HAVING count(*) <> max(seq) + 1"))
			.isEmpty();
	}

	@Test
	void exactlyOneDrawsAndNoBatchSlipsPastIt() throws Exception {
		int centrals = 3;
		List<PostgresBetStore> stores = new ArrayList<>();
		List<CompletableFuture<Long>> stored = new ArrayList<>();
		try {
			for (int i = 0; i < centrals; i++) {
				PostgresBetStore store = open();
				stores.add(store);
				int agency = 10 + i;
				stored.add(CompletableFuture.supplyAsync(() -> storeUntilRefused(store, agency)));
			}
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> stores.getFirst().stored(10) > 100);
			List<CompletableFuture<DrawRecord>> draws = stores.stream()
				.map((store) -> CompletableFuture.supplyAsync(() -> draw(store)))
				.toList();
			DrawRecord record = draws.getFirst().join();
			assertThat(draws).allSatisfy((other) -> assertThat(other.join()).isEqualTo(record));
			assertThat(stores.stream().filter(PostgresBetStore::hasDrawnItself)).hasSize(1);
			List<Long> acknowledged = stored.stream().map(CompletableFuture::join).toList();
			assertThat(record.agencies()).extracting(AgencyRecord::bets).isEqualTo(acknowledged);
			assertThat(record.bets()).isEqualTo(count(""));
		}
		finally {
			stores.forEach(PostgresBetStore::close);
		}
	}

	private static long storeUntilRefused(PostgresBetStore store, int agency) {
		long stored = 0;
		@Nullable Refusal refusal = null;
		while (refusal == null) {
			refusal = store.append(new Sequence(stored), TestBets.rows(agency, stored, 10)).join();
			stored += (refusal == null) ? 10 : 0;
		}
		assertReason(refusal, Reason.DRAWN);
		return stored;
	}

	private static DrawRecord draw(PostgresBetStore store) {
		try {
			return store.draw(NOW);
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void seesWhatAnotherCentralDoes() throws Exception {
		try (PostgresBetStore one = open(); PostgresBetStore other = open()) {
			TestBets.store(one, 1, 20);
			assertThat(one.close(1)).isNull();
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(other.closedAgencies()).containsExactly(1));
			DrawRecord record = one.draw(NOW);
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(other.drawn()).contains(record));
			assertThat(other.winners(1)).isEqualTo(one.winners(1));
			assertThat(other.winners(1).orElseThrow().count()).isEqualTo(2);
			assertThat(other.hasDrawnItself()).isFalse();
		}
	}

	/** A finish makes the others read one row, and not all. */
	@Test
	void aFinishCostsNoMoreWhereThereAreManyAgencies() throws Exception {
		try (PostgresBetStore one = open(); PostgresBetStore other = open()) {
			TestDatabase.execute("INSERT INTO agencies (draw, agency, stored, closed, ended, sha256) SELECT "
					+ literal() + ", number, 1, true, true, 'x' FROM generate_series(1000, 60000) AS number");
			Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.until(() -> one.closedAgencies().size() == 59_001 && other.closedAgencies().size() == 59_001);
			long before = rowsRead();
			for (int agency = 1; agency <= 100; agency++) {
				assertThat(one.close(agency)).isNull();
			}
			Awaitility.await().until(() -> other.closedAgencies().size() == 59_101);
			assertThat(one.knownAgencies()).isEqualTo(59_101);
			assertThat(rowsRead() - before).isLessThan(59_000L * 100);
		}
	}

	private static long rowsRead() throws Exception {
		return Long.parseLong(TestDatabase.query(
				"SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables WHERE relname = 'agencies'")
			.getFirst());
	}

	@ParameterizedTest
	@EnumSource(names = { "BEFORE_IT_ARRIVES", "BEFORE_ITS_ANSWER" })
	void storesOnceWhereTheAnswerToACommitIsLost(Cut cut) throws Exception {
		try (DatabaseProxy proxy = new DatabaseProxy(TestDatabase.url());
				PostgresBetStore store = TestDatabase.open(this.draw, proxy.url(), Duration.ofSeconds(30))) {
			for (int round = 0; round < 3; round++) {
				proxy.cutAtCommit(cut);
				TestBets.store(store, 1, 10);
				assertThat(proxy.cuts()).isEqualTo(round + 1);
			}
			proxy.cutAtCommit(cut);
			assertThat(store.close(1)).isNull();
			proxy.cutAtCommit(cut);
			assertThat(store.draw(NOW).bets()).isEqualTo(30);
			assertThat(store.hasDrawnItself()).isTrue();
			assertThat(proxy.cuts()).isEqualTo(5);
		}
		assertStoredOnce(1, 30);
	}

	@Test
	void refusesWhileTheDatabaseIsAwayAndComesBackByItself() throws Exception {
		try (DatabaseProxy proxy = new DatabaseProxy(TestDatabase.url());
				PostgresBetStore store = TestDatabase.open(this.draw, proxy.url(), Duration.ofMillis(500))) {
			TestBets.store(store, 1, 10);
			proxy.leave();
			assertReason(store.append(Sequence.ANYWHERE, TestBets.rows(1, 10, 10)).join(), Reason.STORE_AWAY);
			assertThat(store.health().problem()).isNotNull();
			proxy.comeBack();
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> store.health().problem() == null);
			TestBets.store(store, 1, 10);
		}
		assertStoredOnce(1, 20);
	}

	@Test
	void waitsForADatabaseThatIsAwayForAMoment() throws Exception {
		try (DatabaseProxy proxy = new DatabaseProxy(TestDatabase.url());
				PostgresBetStore store = TestDatabase.open(this.draw, proxy.url(), Duration.ofSeconds(60))) {
			TestBets.store(store, 1, 10);
			proxy.leave();
			var answer = store.append(new Sequence(10), TestBets.rows(1, 10, 10));
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> store.health().problem() != null);
			assertThat(answer).isNotDone();
			proxy.comeBack();
			assertThat(answer.join()).isNull();
		}
		assertStoredOnce(1, 20);
	}

	private PostgresBetStore open() throws Exception {
		return TestDatabase.open(this.draw);
	}

	private void assertStoredOnce(int agency, int bets) throws Exception {
		assertThat(count(" AND agency = " + agency)).isEqualTo(bets);
		try (PostgresBetStore store = open()) {
			var digest = Sha256.digest();
			TestBets.rows(agency, 0, bets).update(digest);
			assertThat(store.fingerprint(agency).sha256()).isEqualTo(Sha256.hex(digest));
		}
	}

	private long count(String condition) throws Exception {
		return Long.parseLong(
				TestDatabase.query("SELECT count(*) FROM bets WHERE draw = " + literal() + condition).getFirst());
	}

	private String literal() {
		return "'" + this.draw.replace("'", "''") + "'";
	}

	private static void assertReason(@Nullable Refusal refusal, Reason reason) {
		assertThat(refusal).isNotNull().extracting(Refusal::reason).isEqualTo(reason);
	}

}
