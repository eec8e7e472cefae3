package loteria.central.tcp;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import loteria.central.RunningCentral;
import loteria.torture.Torture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One peer that means harm for each thing it can try over TCP, all against one central
 * that never draws: afterwards nothing is stored that should not be, nothing is drawn,
 * and nobody's place is taken.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackTests {

	private static final String OK = "R:1\nOK\n";

	private static final String FAIL = "R:1\nFAIL\n";

	private static final String FINISH = "F:1\nFINISHED\n";

	private static final String BET = ";Ana;Paz;11;1990-01-01;7574";

	private static final int PLACES = 40;

	private static final int MAX_AGENCIES = 13;

	/** Those that have bets before all attacks. */
	private static final List<Integer> KNOWN = List.of(1, 2, 7);

	private RunningCentral central;

	private final List<Peer> peers = new ArrayList<>();

	@BeforeAll
	void start(@TempDir Path store) throws IOException {
		this.central = RunningCentral.start(store, "--central.agencies=12",
				"--central.draw.max-agencies=" + MAX_AGENCIES, "--central.connections.max=" + PLACES,
				"--central.connections.per-address=100%", "--central.connections.first-message=4s",
				"--central.connections.batch-rate=50", "--central.listeners.mine.dialect=lines",
				"--central.listeners.mine.port=0", "--central.listeners.mine.enabled=true",
				"--central.listeners.mine.peers=127.0.0.1=1,127.0.0.0/8=4-5,::1", "--central.listeners.his.dialect=tlv",
				"--central.listeners.his.port=0", "--central.listeners.his.enabled=true",
				"--central.listeners.his.peers=10.9.9.9");
		for (int agency : KNOWN) {
			Peer honest = peer("lines");
			honest.send("S:1\n" + agency + BET + "\n");
			assertThat(honest.receiveLines(2)).isEqualTo(OK);
		}
	}

	@AfterEach
	void leave() throws IOException {
		for (Peer peer : this.peers) {
			peer.close();
		}
		this.peers.clear();
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(List.of("lines", "csv", "packets", "tlv", "fixed")
				.stream()
				.mapToDouble(this.central::openConnections)).containsOnly(0.0));
		assertThat(this.central.gauge("lottery.draw.drawn")).isZero();
	}

	@AfterAll
	void stop() {
		this.central.close();
	}

	private Peer peer(String listener) throws IOException {
		Peer peer = new Peer(this.central.port(listener));
		this.peers.add(peer);
		return peer;
	}

	private int stored() throws IOException {
		return (int) this.central.bets().lines().count();
	}

	private void eventually(Runnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(assertion::run);
	}

	@Test
	void fiveUnnamedAgenciesThatAreGoneAlreadyDoNotCount() throws IOException {
		int finished = this.central.finished();
		for (int i = 0; i < 12; i++) {
			try (Peer peer = new Peer(this.central.port("lines"))) {
				peer.send(FINISH);
			}
		}
		Peer last = peer("lines");
		last.send("E:1\nx\n");
		assertThat(last.receiveLines(2)).isEqualTo("E:1\nx\n");
		eventually(() -> assertThat(this.central.finished()).isEqualTo(finished));
	}

	@Test
	void anAddressIsNoTwoUnnamedAgencies() throws IOException {
		int finished = this.central.finished();
		peer("lines").send(FINISH);
		eventually(() -> assertThat(this.central.finished()).isEqualTo(finished + 1));
		Peer second = peer("lines");
		second.send(FINISH);
		assertThat(second.receiveLines(2)).isEqualTo(FAIL);
		assertThat(this.central.finished()).isEqualTo(finished + 1);
	}

	@Test
	void aPeerThatIsGoneFreesItsPlaceWhileItWaitsForTheDraw() throws IOException {
		for (int i = 0; i < 2 * PLACES; i++) {
			try (Peer peer = new Peer(this.central.port("csv"))) {
				peer.send("DONE:7\n");
			}
		}
		// when this one is answered or refused, all before it have been let in or refused
		Peer last = peer("csv");
		last.send("x\n");
		assertThat(last.receiveLines(1)).isEqualTo("0\n");
		last.close();
		eventually(() -> assertThat(this.central.openConnections("csv")).isZero());
	}

	@Test
	void aForeignerSpeaksForNoAgencyThatIsNotItsOwn() throws IOException {
		int finished = this.central.finished();
		int stored = stored();
		double refused = this.central.refusals("lines", "forbidden");
		Peer peer = peer("mine");
		peer.send("S:1\n2" + BET + "\nH:1\n2\nV:1\n2\n");
		assertThat(peer.receiveLines(6)).isEqualTo(FAIL + FAIL + FAIL);
		Peer unnamed = peer("mine");
		unnamed.send(FINISH);
		assertThat(unnamed.receiveLines(2)).isEqualTo(FAIL);
		Peer own = peer("mine");
		own.send("H:1\n5\n");
		assertThat(own.receiveLines(2)).isEqualTo("H:0\nOPEN\n");
		// both listeners of the dialect
		assertThat(this.central.openConnections("lines")).isEqualTo(3);
		assertThat(this.central.finished()).isEqualTo(finished);
		assertThat(stored()).isEqualTo(stored);
		assertThat(this.central.refusals("lines", "forbidden")).isEqualTo(refused + 4);
	}

	@Test
	void aForeignerIsToldSoInItsDialectAndLetGo() throws IOException {
		Peer peer = peer("his");
		assertThat(peer.receiveAll()).startsWith("\4\0\0\0").contains("forbidden: nobody may speak from there");
	}

	@ParameterizedTest
	@CsvSource({ "lines", "csv", "packets", "tlv", "fixed" })
	void aBrowserStoresNothingAndFinishesForNobody(String listener) throws IOException {
		int finished = this.central.finished();
		int stored = stored();
		double before = this.central.refusals(listener, "http");
		Peer peer = peer(listener);
		peer.send("POST /x HTTP/1.1\r\nHost: central:12347\r\nContent-Type: text/plain\r\n\r\n"
				+ "8,Ana,Paz,11,1990-01-01,7574\nDONE:8\nS:1\n8" + BET + "\n" + FINISH);
		peer.endOutput();
		// the answer, if the dialect has one, and the close
		assertThat(peer.receiveAll()).doesNotContain("OK");
		assertThat(stored()).isEqualTo(stored);
		assertThat(this.central.finished()).isEqualTo(finished);
		assertThat(this.central.refusals(listener, "http")).isEqualTo(before + 1);
		Peer get = peer(listener);
		get.send("GET ");
		get.receiveAll();
		assertThat(this.central.refusals(listener, "http")).isEqualTo(before + 2);
	}

	@ParameterizedTest
	@CsvSource({ "lines", "csv", "packets", "tlv", "fixed" })
	void norDoesAnotherClientOfHttp(String listener) throws IOException {
		int stored = stored();
		Peer peer = peer(listener);
		peer.send("FOO / HTTP/1.1\n8,Ana,Paz,11,1990-01-01,7574\nS:1\n8" + BET + "\n");
		peer.endOutput();
		assertThat(peer.receiveAll()).doesNotContain("OK");
		assertThat(stored()).isEqualTo(stored);
	}

	@Test
	void silentPeersMakeRoomForOthersWithBetsOrWithout() throws IOException {
		for (int i = 0; i < PLACES; i++) {
			Peer honest = peer("lines");
			honest.send("S:1\n1" + BET + "\n");
			assertThat(honest.receiveLines(2)).isEqualTo(OK);
		}
		Peer longest = this.peers.getFirst();
		Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptionsInstanceOf(IOException.class).until(() -> {
			Peer late = peer("lines");
			late.send("E:1\nx\n");
			return late.receiveLines(2).equals("E:1\nx\n");
		});
		assertThat(this.central.limitReached("made-room")).isPositive();
		assertThat(longest.receiveAll()).isEmpty();
	}

	@Test
	void aNewAddressIsLetInAtOnceWhereAnotherHasAllPlaces() throws IOException {
		for (int i = 0; i < PLACES; i++) {
			Peer honest = peer("lines");
			honest.send("S:1\n1" + BET + "\n");
			assertThat(honest.receiveLines(2)).isEqualTo(OK);
		}
		Peer late = Peer.from("127.0.0.2", this.central.port("lines"));
		this.peers.add(late);
		late.send("E:1\nx\n");
		assertThat(late.receiveLines(2)).isEqualTo("E:1\nx\n");
	}

	@Test
	void whoIsNotLetInIsToldSo() throws IOException {
		double before = this.central.limitReached("connections") + this.central.limitReached("per-address");
		for (int i = 0; i < PLACES; i++) {
			Peer busy = peer("lines");
			busy.send("H:1\n2\n" + FINISH);
			assertThat(busy.receiveLines(2)).startsWith("H:");
		}
		Peer late = peer("tlv");
		assertThat(late.receiveAll()).contains("too_many_connections");
		assertThat(peer("csv").receiveAll()).isEqualTo("0\n");
		assertThat(this.central.limitReached("connections") + this.central.limitReached("per-address"))
			.isEqualTo(before + 2);
	}

	@Test
	void whoConnectsAndSaysNothingIsCutOff() throws IOException {
		double before = this.central.limitReached("first-message");
		assertThat(peer("lines").receiveAll()).isEmpty();
		eventually(() -> assertThat(this.central.limitReached("first-message")).isEqualTo(before + 1));
	}

	@Test
	void inventedAgenciesAreBounded() throws IOException {
		int room = MAX_AGENCIES - KNOWN.size();
		for (int agency = 100; agency < 130; agency++) {
			try (Peer inventor = new Peer(this.central.port("lines"))) {
				inventor.send("S:1\n" + agency + BET + "\n");
				inventor.receiveLines(2);
			}
		}
		assertThat(this.central.limitReached("agencies")).isEqualTo(30 - room);
		Peer peer = peer("packets");
		peer.send("\0\u000fAgencyClose:998");
		assertThat(peer.receiveAll()).isEmpty();
		assertThat(this.central.limitReached("agencies")).isEqualTo(31 - room);
	}

	@Test
	void anAgencyThatSendsTooOftenWaits() throws IOException {
		Peer peer = peer("lines");
		long begun = System.nanoTime();
		peer.send(("S:1\n1" + BET + "\n").repeat(75));
		assertThat(peer.receiveLines(2 * 75)).isEqualTo(OK.repeat(75));
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(400));
		assertThat(this.central.limitReached("batch-rate")).isPositive();
	}

	@Test
	void ofAPeerThatReadsNothingTheSystemKeepsLittle() throws IOException {
		Peer deaf = Peer.withTinyBuffers(this.central.port("lines"));
		this.peers.add(deaf);
		String echo = "E:1\n" + "x".repeat(8_000) + "\n";
		AtomicLong sent = new AtomicLong();
		Thread.startVirtualThread(() -> {
			try {
				while (sent.get() < 16_000_000) {
					deaf.send(echo);
					sent.addAndGet(echo.length());
				}
			}
			catch (IOException ex) {
				// the test is over
			}
		});
		AtomicLong before = new AtomicLong(-1);
		Awaitility.await()
			.pollInterval(Duration.ofSeconds(1))
			.atMost(Duration.ofSeconds(60))
			.until(() -> before.getAndSet(sent.get()) == sent.get());
		assertThat(sent.get()).isLessThan(2_000_000);
	}

	/** More than the buffers of both systems hold, and for each of them as much again. */
	@Tag(Torture.TAG)
	@Test
	void whoDoesNotReadItsWinnersTakesNoMemoryForThem(@TempDir Path store) throws IOException {
		try (RunningCentral other = RunningCentral.start(store, "--central.agencies=1",
				"--spring.main.web-application-type=none"); Peer agency = new Peer(other.port("tlv"))) {
			Peer better = new Peer(other.port("lines"));
			this.peers.add(better);
			String batch = "S:30000\n" + ("1;A;B;1234567890;1990-01-01;7574~").repeat(30_000) + "\n";
			for (int i = 0; i < 20; i++) {
				better.send(batch);
				assertThat(better.receiveLines(2)).isEqualTo(OK);
			}
			agency.send("\5\0\0\0\u00021#");
			assertThat(agency.receive(5)).isEqualTo("\2\0\0\0\0");
			long before = heap();
			for (int i = 0; i < PLACES; i++) {
				Peer deaf = Peer.withTinyBuffers(other.port("tlv"));
				this.peers.add(deaf);
				deaf.send("\6\0\0\0\u00021#");
				assertThat(deaf.receive(5)).isEqualTo("\7\0\u0064\u00b5@");
			}
			long each = (heap() - before) / PLACES;
			Torture.report("12 winners that are not read, heap of each", PLACES, each + " bytes");
			assertThat(each).isLessThan(1024 * 1024);
		}
	}

	private static long heap() {
		System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	@Tag(Torture.TAG)
	@Test
	void separatorsCostTheHonestLittle(@TempDir Path store) throws IOException {
		try (RunningCentral other = RunningCentral.start(store, "--spring.main.web-application-type=none")) {
			separators(other.port("lines"));
		}
	}

	private void separators(int port) throws IOException {
		String message = "S:9\n" + "~".repeat(1024 * 1024 - 100) + "\n";
		List<Thread> attackers = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			Peer attacker = new Peer(port);
			this.peers.add(attacker);
			attackers.add(Thread.startVirtualThread(() -> {
				try {
					while (true) {
						attacker.send(message);
						attacker.receiveLines(2);
					}
				}
				catch (IOException ex) {
					// the test is over
				}
			}));
		}
		Peer honest = new Peer(port);
		this.peers.add(honest);
		List<Long> times = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			long begun = System.nanoTime();
			honest.send("E:1\nx\n");
			assertThat(honest.receiveLines(2)).isEqualTo("E:1\nx\n");
			times.add(System.nanoTime() - begun);
		}
		times.sort(null);
		Torture.report("11 separators, honest median of 200", 200, times.get(100) / 1000 + " us");
		assertThat(Duration.ofNanos(times.get(100))).isLessThan(Duration.ofMillis(500));
	}

}
