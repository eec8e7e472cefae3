package loteria.central.ops;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(180)
class LogQueueTests {

	private static final int ROOM = 10;

	private final LoggerContext context = new LoggerContext();

	private final Logger logger = this.context.getLogger("test");

	private final Reader reader = new Reader();

	private final LogQueue queue = new LogQueue(this.reader, ROOM);

	@BeforeEach
	void start() {
		this.context.setMDCAdapter(new LogbackMDCAdapter());
		this.reader.setContext(this.context);
		this.reader.start();
		this.queue.setContext(this.context);
		this.queue.start();
		this.logger.addAppender(this.queue);
	}

	@AfterEach
	void stop() {
		this.reader.reads.countDown();
		this.queue.stop();
	}

	/** The reader stops in the middle of a line, which is then on its way. */
	private void readerStops() {
		this.logger.info("on its way");
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> this.reader.waiting);
	}

	private static List<String> numbered(String word, int count) {
		return IntStream.range(0, count).mapToObj((i) -> word + " " + i).toList();
	}

	private void await(int lines) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> this.reader.lines.size() >= lines);
	}

	@Test
	void handsLinesOverInTheirOrder() {
		this.reader.reads.countDown();
		for (int i = 0; i < 1000; i++) {
			this.logger.warn("line {}", i);
			if (i % ROOM == 0) {
				await(i + 1);
			}
		}
		await(1000);
		assertThat(this.reader.lines).isEqualTo(numbered("line", 1000));
		assertThat(this.queue.dropped()).isZero();
	}

	@Test
	void nobodyWaitsForAReaderThatHasStopped() {
		readerStops();
		numbered("line", 100_000).forEach(this.logger::info);
		assertThat(this.queue.dropped()).isEqualTo(100_000 - ROOM);
		this.reader.reads.countDown();
		await(ROOM + 2);
		assertThat(this.reader.lines).startsWith("on its way").containsAll(numbered("line", ROOM));
	}

	@Test
	void aFloodOfLinesPushesNoWarningOut() {
		readerStops();
		numbered("line", 1000).forEach(this.logger::info);
		numbered("warning", ROOM).forEach(this.logger::warn);
		this.reader.reads.countDown();
		await(2 * ROOM + 2);
		assertThat(this.reader.lines).containsAll(numbered("warning", ROOM));
	}

	@Test
	void whatFoundNoRoomIsSaidOnce() {
		readerStops();
		numbered("line", 1000).forEach(this.logger::info);
		numbered("warning", 1000).forEach(this.logger::error);
		this.reader.reads.countDown();
		await(2 * ROOM + 2);
		assertThat(this.reader.lines).hasSize(2 * ROOM + 2)
			.filteredOn((line) -> line.startsWith("action: log"))
			.containsExactly("action: log | result: fail | dropped: " + (2000 - 2 * ROOM)
					+ " | reason: whoever reads the log did not keep up");
		assertThat(this.queue.dropped()).isEqualTo(2000 - 2 * ROOM);
		this.logger.info("behind");
		await(2 * ROOM + 3);
		assertThat(this.reader.lines).endsWith("behind");
	}

	@Test
	void stopsWhenEveryLineIsTaken() {
		this.reader.reads.countDown();
		numbered("line", ROOM).forEach(this.logger::info);
		this.queue.stop();
		assertThat(this.reader.lines).isEqualTo(numbered("line", ROOM));
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !this.reader.isStarted());
	}

	@Test
	void waitsForASlowReaderAsLongAsItReads() {
		this.reader.pause = Duration.ofMillis(300);
		this.reader.reads.countDown();
		numbered("line", ROOM).forEach(this.logger::info);
		this.queue.becomePatient();
		this.logger.info("last word");
		assertThat(this.reader.lines).hasSize(ROOM + 1).endsWith("last word");
	}

	@Test
	void stopsThoughNobodyReads() {
		readerStops();
		this.logger.info("lost");
		this.queue.stop();
		assertThat(this.reader.lines).isEmpty();
	}

	@Test
	void lastWordsAreTakenBeforeTheLoggerReturns() {
		this.reader.reads.countDown();
		this.queue.becomePatient();
		for (int i = 0; i < 100; i++) {
			this.logger.info("line {}", i);
			assertThat(this.reader.lines).hasSize(i + 1);
		}
	}

	@Test
	void patienceEndsWhereNobodyReads() {
		readerStops();
		this.queue.becomePatient();
		long from = System.nanoTime();
		numbered("line", 100).forEach(this.logger::info);
		assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(20));
		assertThat(this.reader.lines).isEmpty();
	}

	@Test
	void aLineSaysWhatWasTrueWhenItWasLogged() {
		readerStops();
		StringBuilder value = new StringBuilder("then");
		this.logger.info("value: {}", value);
		value.replace(0, 4, "now!");
		this.reader.reads.countDown();
		await(2);
		assertThat(this.reader.lines).endsWith("value: then");
	}

	private static final class Reader extends AppenderBase<ILoggingEvent> {

		private final List<String> lines = new CopyOnWriteArrayList<>();

		private final CountDownLatch reads = new CountDownLatch(1);

		private volatile boolean waiting;

		private volatile Duration pause = Duration.ZERO;

		@Override
		protected void append(ILoggingEvent event) {
			this.waiting = true;
			while (this.reads.getCount() > 0) {
				try {
					this.reads.await();
				}
				catch (InterruptedException ex) {
					// as deaf to it as a system that writes
				}
			}
			LockSupport.parkNanos(this.pause.toNanos());
			this.lines.add(event.getFormattedMessage());
		}

	}

}
