package loteria.central.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

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

@Timeout(30)
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
		ListenerLog log = new ListenerLog("peer:1", new ListenerMeters("lines", new SimpleMeterRegistry()),
				new LogRate());
		Socket socket = new Socket() {

			@Override
			public void setSoTimeout(int timeout) {
			}

		};
		Session session = new Session(socket,
				new Lines().server(new BetRules(Clock.systemUTC()), Dialect.Limits.DEFAULT), LIMITS,
				new MessageMemory(1024 * 1024), Speaker.OF_ANYBODY, log);
		SessionConnection connection = new SessionConnection(socket, new PlainWire(in, OutputStream.nullOutputStream()),
				session, this.open, log, null, null);
		connection.setMapper(new BurstMapper());
		return connection;
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
		Torture.pass(Duration.ofMillis(300));
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
