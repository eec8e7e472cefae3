package loteria.central.tcp;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import loteria.central.tcp.WaitingBytes.Share;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WaitingBytesTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final Duration NEVER = Duration.ofHours(1);

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final AtomicInteger told = new AtomicInteger();

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@Test
	void waitsForRoomUntilOthersGiveTheirsBack() throws Exception {
		WaitingBytes bytes = new WaitingBytes(800, NEVER);
		Share first = share(bytes);
		Share second = share(bytes);
		assertThat(first.take(420, Duration.ZERO)).isTrue();
		Future<Boolean> waiting = this.threads.submit(() -> second.take(350, LONG));
		assertThat(bytes.taken()).isEqualTo(420);
		first.take(350, Duration.ZERO);
		assertThat(waiting.get(60, TimeUnit.SECONDS)).isTrue();
		assertThat(bytes.taken()).isEqualTo(700);
		first.giveBack();
		second.giveBack();
		assertThat(bytes.taken()).isZero();
		assertThat(this.told).hasValue(0);
	}

	@Test
	void refusesTheLargestWhereNobodyGivesBack() throws Exception {
		WaitingBytes bytes = new WaitingBytes(800, Duration.ofMillis(1));
		Share large = share(bytes);
		Share small = share(bytes);
		Share waiting = share(bytes);
		large.take(420, Duration.ZERO);
		small.take(280, Duration.ZERO);
		Future<Boolean> taken = this.threads.submit(() -> waiting.take(140, LONG));
		Awaitility.await().atMost(LONG).until(large::isRefused);
		assertThat(taken.isDone()).isFalse();
		large.giveBack();
		assertThat(taken.get(60, TimeUnit.SECONDS)).isTrue();
		assertThat(large.isRefused()).isTrue();
		assertThat(small.isRefused()).isFalse();
		assertThat(this.told).hasValue(1);
	}

	@Test
	void refusesWhoWaitsWhereThatWouldBeTheLargest() {
		WaitingBytes bytes = new WaitingBytes(800, Duration.ofMillis(1));
		Share other = share(bytes);
		Share waiting = share(bytes);
		other.take(420, Duration.ZERO);
		waiting.take(210, Duration.ZERO);
		assertThat(waiting.take(490, LONG)).isFalse();
		assertThat(other.isRefused()).isFalse();
		assertThat(bytes.taken()).isEqualTo(630);
		waiting.giveBack();
		assertThat(bytes.taken()).isEqualTo(420);
		assertThat(waiting.take(1, LONG)).as("what was refused stays so").isFalse();
	}

	@Test
	void waitsForThoseWhoCantBeRefusedAsLongAsItMay() {
		WaitingBytes bytes = new WaitingBytes(800, Duration.ofMillis(1));
		Share working = share(bytes);
		Share waiting = share(bytes);
		working.take(800, Duration.ZERO);
		working.refusable(false);
		long begun = System.nanoTime();
		assertThat(waiting.take(10, Duration.ofMillis(200))).isFalse();
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
		assertThat(working.isRefused()).isFalse();
	}

	@Test
	void givesOneThatIsTooLargeForAnyRoomWhatItWantsWhenItIsAlone() throws Exception {
		WaitingBytes bytes = new WaitingBytes(100, NEVER);
		Share other = share(bytes);
		Share large = share(bytes);
		other.take(1, Duration.ZERO);
		Future<Boolean> taken = this.threads.submit(() -> large.take(1000, LONG));
		other.giveBack();
		assertThat(taken.get(60, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void keepsRoomForThoseWhoWantLittle() {
		WaitingBytes bytes = new WaitingBytes(800, NEVER);
		assertThat(share(bytes).take(350, Duration.ZERO)).isTrue();
		assertThat(share(bytes).take(351, Duration.ZERO)).isFalse();
		assertThat(share(bytes).take(350, Duration.ZERO)).isTrue();
		assertThat(share(bytes).take(101, Duration.ZERO)).isFalse();
		assertThat(share(bytes).take(100, Duration.ZERO)).isTrue();
	}

	@Test
	void isNeverOverItsLimitHoweverManyWantMore() throws Exception {
		WaitingBytes bytes = new WaitingBytes(1000, Duration.ofMillis(5));
		AtomicInteger over = new AtomicInteger();
		for (int i = 0; i < 200; i++) {
			Share share = share(bytes);
			this.threads.submit(() -> {
				for (int wanted = 16; wanted <= 256 && share.take(wanted, LONG); wanted *= 2) {
					if (bytes.taken() > bytes.limit()) {
						over.incrementAndGet();
					}
				}
				share.giveBack();
			});
		}
		this.threads.shutdown();
		assertThat(this.threads.awaitTermination(5, TimeUnit.MINUTES)).isTrue();
		assertThat(over).hasValue(0);
		assertThat(bytes.taken()).isZero();
	}

	private Share share(WaitingBytes bytes) {
		return bytes.open(this.told::incrementAndGet);
	}

}
