package loteria.agency.ending;

import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
class StopSwitchTests {

	private final StopSwitch stop = new StopSwitch();

	private final AtomicInteger closed = new AtomicInteger();

	private final Closeable resource = this.closed::incrementAndGet;

	@Test
	void wakesWhoSleeps() {
		Thread.ofVirtual().start(() -> this.stop.stop("SIGTERM"));
		assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> this.stop.sleep(Duration.ofHours(1)))
			.withMessage("SIGTERM");
	}

	@Test
	void closesWhatIsInUse() {
		this.stop.closeOnStop(this.resource);
		this.stop.stop("SIGINT");
		assertThat(this.closed).hasValue(1);
		assertThatExceptionOfType(StoppedException.class).isThrownBy(this.stop::check);
	}

	@Test
	void letsNothingBeginOnceStopped() {
		this.stop.stop("SIGTERM");
		assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> this.stop.closeOnStop(this.resource));
		assertThat(this.closed).hasValue(1);
	}

	@Test
	void changesNothingUntilUsed() {
		this.stop.check();
		this.stop.sleep(Duration.ofNanos(1));
		assertThat(this.stop.isStopped()).isFalse();
	}

	@Test
	void leavesAnInterruptSet() {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> this.stop.sleep(Duration.ofHours(1)));
		assertThat(Thread.interrupted()).isTrue();
	}

}
