package loteria.central.tcp;

import loteria.protocol.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import loteria.bet.BetRules;
import loteria.central.settings.Connections;
import loteria.protocol.Dialect;
import loteria.protocol.lines.Lines;
import loteria.torture.Torture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(120)
class OpenConnectionsTests {

	private static final Connections LIMITS = SomeLimits.of(1, Duration.ofSeconds(20), DataSize.ofMegabytes(1), "1MB");

	private final OpenConnections open = new OpenConnections(new Capacity(LIMITS, 1024 * 1024, 1, List.of()));

	private final CountDownLatch reading = new CountDownLatch(1);

	private final CountDownLatch noticed = new CountDownLatch(1);

	/** Notices that its socket was closed when the test says so. */
	private final InputStream slow = new InputStream() {

		@Override
		public int read() throws IOException {
			OpenConnectionsTests.this.reading.countDown();
			try {
				OpenConnectionsTests.this.noticed.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			throw new SocketException("closed");
		}

		@Override
		public int read(byte[] bytes, int from, int length) throws IOException {
			return read();
		}

	};

	private SessionConnection connection(InputStream in) {
		return connection("10.0.0.1", in, this.open);
	}

	private SessionConnection connection(String address, OpenConnections all) {
		return connection(address, InputStream.nullInputStream(), all);
	}

	private SessionConnection connection(String address, InputStream in, OpenConnections all) {
		ConnectionLog log = new ConnectionLog("peer:1", new ListenerMeters("lines", new SimpleMeterRegistry()),
				new LogRate(0),
				new Presence((_) -> true, Clock.systemUTC()).visit("peer", Dialects.named("lines").orElseThrow()));
		Socket socket = new Socket() {

			@Override
			public void setSoTimeout(int timeout) {
			}

			@Override
			public InetAddress getInetAddress() {
				return InetAddress.ofLiteral(address);
			}

		};
		Session session = new Session(socket,
				new Lines().server(new BetRules(Clock.systemUTC()), Dialect.Limits.DEFAULT), all, Speaker.OF_ANYBODY,
				false, log);
		SessionConnection connection = new SessionConnection(socket, new PlainWire(in, OutputStream.nullOutputStream()),
				session, all, log, null, null);
		connection.setMapper(new BurstMapper());
		return connection;
	}

	private static OpenConnections places(int max) {
		return new OpenConnections(new Capacity(
				SomeLimits.of(max, Duration.ofSeconds(20), DataSize.ofMegabytes(1), "1MB"), 1024 * 1024, 1, List.of()));
	}

	/** Opens one of each address. */
	private List<SessionConnection> open(OpenConnections all, String... addresses) {
		return Stream.of(addresses).map((address) -> {
			SessionConnection one = connection(address, all);
			assertThat(all.tryOpen(one)).isNull();
			return one;
		}).toList();
	}

	private static List<Boolean> areOpen(List<SessionConnection> connections) {
		return connections.stream().map(SessionConnection::isOpen).toList();
	}

	@Test
	void theLongestSilentOfTheNetworkThatHasMostGoesHoweverShortTheSilence() {
		OpenConnections all = places(5);
		List<SessionConnection> before = open(all, "10.0.0.2", "10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.3");
		before.get(1).getDeserializer().reader().beginsToWait();
		open(all, "10.0.0.4");
		assertThat(areOpen(before)).containsExactly(true, true, false, true, true);
	}

	@Test
	void whereAllHaveTheSameTheLongestSilentGoes() {
		OpenConnections all = places(3);
		List<SessionConnection> before = open(all, "10.0.0.1", "10.0.0.2", "10.0.0.3");
		Torture.pass(Duration.ofMillis(1100));
		before.getFirst().getDeserializer().reader().beginsToWait();
		open(all, "10.0.0.4");
		assertThat(areOpen(before)).containsExactly(true, false, true);
	}

	@Test
	void whoMayBeAboutToSpeakStaysUnlessItsNetworkHasMoreThanItsShare() {
		OpenConnections all = places(3);
		List<SessionConnection> before = open(all, "10.0.0.1", "10.0.0.1", "10.0.0.2");
		assertThat(all.tryOpen(connection("10.0.0.2", all))).isEqualTo(Limit.CONNECTIONS);
		assertThat(all.tryOpen(connection("10.0.0.1", all))).isEqualTo(Limit.CONNECTIONS);
		assertThat(areOpen(before)).containsOnly(true);
		open(all, "10.0.0.3");
		assertThat(areOpen(before)).containsExactly(false, true, true);
	}

	@Test
	void theFewConnectionsOfOthersStayWhereAllOfACrowdWaitForTheDraw() {
		OpenConnections all = places(3);
		List<SessionConnection> before = open(all, "10.0.0.1", "10.0.0.1", "10.0.0.2");
		before.subList(0, 2).forEach((one) -> one.getDeserializer().reader().endsToWait());
		Torture.pass(Duration.ofMillis(1100));
		assertThat(all.tryOpen(connection("10.0.0.1", all))).isEqualTo(Limit.CONNECTIONS);
		assertThat(areOpen(before)).containsOnly(true);
	}

	@Test
	void anAddressOfIpv6CountsWithItsNeighbours() {
		OpenConnections all = places(3);
		List<SessionConnection> before = open(all, "2001:db8::1", "10.0.0.1", "2001:db8::2:3");
		open(all, "2001:db8:0:1::1");
		assertThat(areOpen(before)).containsExactly(false, true, true);
	}

	private CompletableFuture<@Nullable Limit> openAnotherWhenTheFirstIsIdle() throws InterruptedException {
		SessionConnection first = connection(this.slow);
		assertThat(this.open.tryOpen(first)).isNull();
		Thread.ofVirtual().start(first);
		this.reading.await();
		Torture.pass(Duration.ofMillis(1100));
		SessionConnection second = connection(InputStream.nullInputStream());
		return CompletableFuture.supplyAsync(() -> this.open.tryOpen(second));
	}

	@Test
	void aPlaceIsFreeWhenItsDescriptorIs() throws Exception {
		CompletableFuture<@Nullable Limit> second = openAnotherWhenTheFirstIsIdle();
		Torture.pass(Duration.ofMillis(50));
		assertThat(second).isNotDone();
		this.noticed.countDown();
		assertThat(second.get()).isNull();
	}

	@Test
	void whoWouldWaitForADescriptorForLongIsRefused() throws Exception {
		CompletableFuture<@Nullable Limit> second = openAnotherWhenTheFirstIsIdle();
		assertThat(second.get()).isEqualTo(Limit.CONNECTIONS);
		this.noticed.countDown();
	}

}
