package loteria.central.store.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import loteria.central.store.Sequence;
import loteria.database.Server;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real PgBouncer between, which gives each transaction, or each connection, another
 * session of the database.
 */
@Timeout(300)
class PgBouncerTests {

	private static final String PROGRAM = "/usr/sbin/pgbouncer";

	private static final int ROUNDS = 40;

	private final String draw = TestDatabase.newDraw();

	@TempDir
	private Path directory;

	/** Several centrals with more connections than the database gives them. */
	@ParameterizedTest
	@ValueSource(strings = { "transaction", "session" })
	void storesAndDrawsOnceOverAPooler(String mode) throws Exception {
		if (!Files.isExecutable(Path.of(PROGRAM))) {
			System.err.println("!!!! NO PGBOUNCER HERE: a real one was NOT tried (Debian: apt-get install pgbouncer)");
			return;
		}
		String target = TestDatabase.url();
		int port = StandbyTests.freePort();
		Process pooler = start(mode, port, target);
		List<PostgresBetStore> stores = new ArrayList<>();
		try {
			String url = target.replaceFirst("//[^/]*/", "//127.0.0.1:" + port + "/");
			Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.ignoreExceptions()
				.until(() -> Server.query(url + "&prepareThreshold=0", "SELECT 1").equals("1"));
			for (int i = 0; i < 3; i++) {
				stores.add(TestDatabase.open(this.draw, url, Duration.ofSeconds(60)));
			}
			try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
				for (int i = 0; i < ROUNDS; i++) {
					PostgresBetStore store = stores.get(i % stores.size());
					int agency = 1 + i % 4;
					threads.submit(() -> {
						store.append(Sequence.ANYWHERE, TestBets.rows(agency, 0, 7)).join();
						store.stored(agency);
						store.fingerprint(agency);
					});
				}
			}
			for (PostgresBetStore store : stores) {
				assertThat(store.close(1)).isNull();
			}
			Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.untilAsserted(() -> assertThat(stores)
					.allSatisfy((store) -> assertThat(store.closedAgencies()).containsExactly(1)));
			assertThat(stores.getFirst().draw(Instant.EPOCH).bets()).isEqualTo(7L * ROUNDS);
			assertThat(stores.getLast().draw(Instant.EPOCH)).isEqualTo(stores.getFirst().drawn().orElseThrow());
			assertThat(stores).allSatisfy((store) -> assertThat(store.health().problem()).isNull());
		}
		finally {
			stores.forEach(PostgresBetStore::close);
			pooler.destroy();
			assertThat(pooler.waitFor(1, TimeUnit.MINUTES)).isTrue();
		}
	}

	private Process start(String mode, int port, String target) throws IOException {
		String of = target.replaceFirst("^.*//localhost:([0-9]+)/([^?]*).*$",
				"$2 = host=127.0.0.1 port=$1 user=postgres");
		Path settings = this.directory.resolve("pgbouncer.ini");
		Files.writeString(settings, String.format(Locale.ROOT, """
				[databases]
				%s
				[pgbouncer]
				listen_addr = 127.0.0.1
				listen_port = %d
				unix_socket_dir =
				auth_type = any
				pool_mode = %s
				default_pool_size = %d
				ignore_startup_parameters = extra_float_digits
				""", of, port, mode, mode.equals("session") ? 20 : 3));
		// it serves no root
		List<String> command = new ArrayList<>(List.of(PROGRAM, settings.toString()));
		if (System.getProperty("user.name").equals("root")) {
			Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwxr-xr-x"));
			command.addAll(1, List.of("-u", "nobody"));
		}
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("pgbouncer.log").toFile())
			.start();
	}

}
