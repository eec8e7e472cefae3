package loteria.central.store.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import loteria.central.store.Sequence;
import loteria.database.Server;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.torture.Torture;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A database whose commits wait for a synchronous standby, which is taken away.
 */
@Tag(Torture.TAG)
@Timeout(600)
class StandbyTests {

	/** In order of their agencies: those that are new, and one that has bets before. */
	private static final List<Integer> AGENCIES = List.of(1, 2, 3, 4, 5, 6);

	private static final int KNOWN = 6;

	private static final int CLOSED = 7;

	private static final Duration LIMIT = Duration.ofMinutes(2);

	@TempDir
	static Path directory;

	private static Server primary;

	private static Server standby;

	private final String draw = TestDatabase.newDraw();

	@BeforeAll
	static void start() throws IOException {
		primary = new Server(directory.resolve("primary"), freePort()).start();
		standby = primary.standby(directory.resolve("standby"), freePort());
	}

	@AfterAll
	static void stop() {
		standby.close();
		primary.close();
	}

	static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private String url() {
		return primary.url("postgres") + "&socketTimeout=1";
	}

	/**
	 * All in one group, behind one that is refused, while the rows of the agencies are
	 * held.
	 */
	@Test
	void storesFirstBatchesOnceThoughTheirCommitIsInDoubt() throws Exception {
		int absences = Torture.count("standby-absences", 2);
		for (int i = 0; i < absences; i++) {
			String name = this.draw + "-" + i;
			try (PostgresBetStore store = TestDatabase.open(name, url(), LIMIT);
					Connection other = DriverManager.getConnection(primary.url("postgres"));
					Statement holding = other.createStatement()) {
				TestBets.store(store, KNOWN, 5);
				// by another central
				primary.query("INSERT INTO agencies (draw, agency, closed, ended) VALUES (" + literal(name) + ", "
						+ CLOSED + ", true, true)");
				other.setAutoCommit(false);
				holding.execute("LOCK TABLE agencies IN EXCLUSIVE MODE");
				var refused = store.append(Sequence.ANYWHERE, TestBets.rows(CLOSED, 0, 1));
				awaitOne("wait_event_type = 'Lock'");
				List<CompletableFuture<@Nullable Refusal>> batches = AGENCIES.stream()
					.map((agency) -> store.append(Sequence.ANYWHERE, TestBets.rows(agency, first(agency), 10)))
					.toList();
				standby.stop();
				other.rollback();
				assertThat(refused.join()).isNotNull().extracting(Refusal::reason).isEqualTo(Reason.AGENCY_CLOSED);
				awaitOne("wait_event = 'SyncRep'");
				// and whether it is stored is asked
				awaitOne("wait_event_type = 'Lock'");
				assertThat(batches).noneMatch(CompletableFuture::isDone);
				standby.start();
				assertThat(batches).allSatisfy((batch) -> assertThat(batch.join()).isNull());
			}
			assertThat(primary.query("SELECT string_agg(agency || ': ' || bets, ', ' ORDER BY agency) FROM "
					+ "(SELECT agency, count(*) AS bets FROM bets WHERE draw = " + literal(name)
					+ " GROUP BY agency) AS counted"))
				.isEqualTo("1: 10, 2: 10, 3: 10, 4: 10, 5: 10, 6: 15");
		}
	}

	/** Reads go on meanwhile. */
	@Test
	void refusesWhenItsPatienceIsOverThoughOnlyWritesWait() throws Exception {
		Duration patience = Duration.ofSeconds(8);
		try (PostgresBetStore store = TestDatabase.open(this.draw, primary.url("postgres"), patience)) {
			TestBets.store(store, 1, 10);
			standby.stop();
			long began = System.nanoTime();
			var batch = store.append(Sequence.ANYWHERE, TestBets.rows(1, 10, 10));
			Awaitility.await().atMost(patience).until(() -> store.health().problem() != null);
			assertThat(batch).isNotDone();
			assertThat(store.stored(1)).isEqualTo(10);
			assertThat(batch.join()).isNotNull().extracting(Refusal::reason).isEqualTo(Reason.IN_DOUBT);
			assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(patience.multipliedBy(3));
			// nothing is tried, and hence nothing in doubt
			assertThat(store.append(Sequence.ANYWHERE, TestBets.rows(2, 0, 10)).join()).isNotNull()
				.extracting(Refusal::reason)
				.isEqualTo(Reason.STORE_AWAY);
			assertThat(store.health().problem()).isNotNull();
			standby.start();
			Awaitility.await().atMost(LIMIT).until(() -> store.health().problem() == null);
			TestBets.store(store, 2, 10);
		}
	}

	@Test
	void refusesWhenItsPatienceIsOverThoughOnlyATableIsLocked() throws Exception {
		try (PostgresBetStore store = TestDatabase.open(this.draw, primary.url("postgres"), Duration.ofSeconds(3));
				Connection other = DriverManager.getConnection(primary.url("postgres"));
				Statement holding = other.createStatement()) {
			TestBets.store(store, 1, 10);
			other.setAutoCommit(false);
			holding.execute("LOCK TABLE bets IN SHARE MODE");
			assertThat(store.append(Sequence.ANYWHERE, TestBets.rows(1, 10, 10)).join()).isNotNull()
				.extracting(Refusal::reason)
				.isEqualTo(Reason.STORE_AWAY);
			assertThat(store.health().problem()).isNotNull();
			other.rollback();
			Awaitility.await().atMost(LIMIT).until(() -> store.health().problem() == null);
			TestBets.store(store, 1, 10);
		}
	}

	/**
	 * A server whose wait for its standby is cancelled says that it has committed, and so
	 * it has: on one machine.
	 */
	@Test
	void acknowledgesNothingThatOnlyThePrimaryHas() throws Exception {
		try (PostgresBetStore store = TestDatabase.open(this.draw, primary.url("postgres"), LIMIT)) {
			TestBets.store(store, 1, 10);
			standby.stop();
			var batch = store.append(Sequence.ANYWHERE, TestBets.rows(1, 10, 10));
			for (int cancelled = 0; cancelled < 3; cancelled++) {
				awaitOne("wait_event = 'SyncRep'");
				primary.query("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
			}
			awaitOne("wait_event = 'SyncRep'");
			assertThat(batch).isNotDone();
			standby.start();
			assertThat(batch.join()).isNull();
			assertThat(store.stored(1)).isEqualTo(20);
		}
	}

	private static String literal(String name) {
		return "'" + name.replace("'", "''") + "'";
	}

	private static long first(int agency) {
		return (agency == KNOWN) ? 5 : 0;
	}

	/** Whether a connection of the central waits so. */
	private static void awaitOne(String condition) {
		Awaitility.await(condition)
			.atMost(LIMIT)
			.ignoreExceptions()
			.until(() -> !primary
				.query("SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND " + condition)
				.equals("0"));
	}

}
