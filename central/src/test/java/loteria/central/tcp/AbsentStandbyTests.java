package loteria.central.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import loteria.central.RunningCentral;
import loteria.database.Server;
import loteria.torture.Torture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * First batches of new agencies in each dialect, while the synchronous standby of the
 * database is away for longer than a connection waits.
 */
@Tag(Torture.TAG)
@Timeout(1800)
class AbsentStandbyTests {

	private static final int DIALECTS = 5;

	private static final Duration LIMIT = Duration.ofMinutes(2);

	@TempDir
	private Path directory;

	@Test
	void storesOnceInEachDialectAndDrawsOverThat() throws Exception {
		int absences = Torture.count("absent-standby", 1);
		List<Integer> ports = freePorts();
		try (Server primary = new Server(this.directory.resolve("primary"), ports.getFirst()).start();
				Server standby = primary.standby(this.directory.resolve("standby"), ports.getLast());
				RunningCentral central = RunningCentral.start(this.directory.resolve("none"),
						"--central.agencies=1-" + absences * DIALECTS, "--central.store.type=postgres",
						"--central.store.patience=120s",
						"--spring.datasource.url=" + primary.url("postgres") + "&socketTimeout=1")) {
			for (int first = 1; first < absences * DIALECTS; first += DIALECTS) {
				standby.stop();
				List<Peer> peers = new ArrayList<>();
				for (Batch batch : batches(first)) {
					Peer peer = new Peer(central.port(batch.dialect));
					peers.add(peer);
					peer.send(batch.request);
				}
				await(primary, "wait_event = 'SyncRep'");
				await(primary, "wait_event_type = 'Lock'");
				standby.start();
				for (int i = 0; i < DIALECTS; i++) {
					Batch batch = batches(first).get(i);
					assertThat(peers.get(i).receive(batch.reply.length())).as(batch.dialect).isEqualTo(batch.reply);
					peers.get(i).close();
				}
			}
			for (int agency = 1; agency <= absences * DIALECTS; agency++) {
				try (Peer peer = new Peer(central.port("tlv"))) {
					peer.send(tlv(5, agency + "#"));
					assertThat(peer.receive(1)).isEqualTo("\2");
				}
			}
			Awaitility.await().atMost(LIMIT).until(() -> !primary.query("SELECT record FROM draws").equals("null"));
			assertThat(primary.query("SELECT count(*) || ' ' || count(DISTINCT agency) FROM bets"))
				.isEqualTo(absences * DIALECTS + " " + absences * DIALECTS);
			assertThat(primary.query("SELECT record FROM draws")).contains("\"bets\" : " + absences * DIALECTS + ",");
		}
	}

	private static void await(Server server, String condition) {
		Awaitility.await(condition)
			.atMost(LIMIT)
			.until(() -> !server
				.query("SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND " + condition)
				.equals("0"));
	}

	private static List<Batch> batches(int first) {
		String bet = ";Ana;Paz;11;1990-01-01;7574";
		String numbers = "\0\0\0\13" + "\0\0\35\226";
		String packet = "StoreBet:" + (first + 3) + bet;
		String record = (char) (first + 1) + padded("Ana") + padded("Paz") + "\0\0\0\13" + "1990-01-01" + "\0\0\35\226";
		return List.of(new Batch("lines", "S:1\n" + first + bet + "\n", "R:1\nOK\n"),
				new Batch("fixed", "\0" + (char) record.length() + "\0" + (char) (first + 1) + record, numbers + "\1"),
				new Batch("csv", (first + 2) + bet.replace(';', ',') + "\n", "1\n"),
				new Batch("packets", "\0" + (char) packet.length() + packet, "\0\17StoreResponse:0"),
				new Batch("tlv", tlv(1, (first + 4) + bet.replace(';', '#') + "#"), "\2"));
	}

	private static String tlv(int opcode, String data) {
		return (char) opcode + "\0\0\0" + (char) data.length() + data;
	}

	private static String padded(String name) {
		return name + "\0".repeat(30 - name.length());
	}

	private static List<Integer> freePorts() throws IOException {
		try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return List.of(one.getLocalPort(), other.getLocalPort());
		}
	}

	private record Batch(String dialect, String request, String reply) {
	}

}
