package loteria.central.tcp;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(120)
class DeadlinesTests {

	private final Deadlines deadlines = new Deadlines(
			SomeLimits.of(1, Duration.ofSeconds(30), DataSize.ofKilobytes(8), "1MB"));

	@Test
	void aPauseEndsWithTheConnection() {
		this.deadlines.pauseFor(Duration.ofHours(1));
		Thread.startVirtualThread(this.deadlines::end);
		assertThat(this.deadlines.pause()).isTrue();
	}

	@Test
	void theLongestPauseCountsAndOnlyOnce() {
		this.deadlines.pauseFor(Duration.ofMillis(50));
		this.deadlines.pauseFor(Duration.ofMillis(10));
		long begun = System.nanoTime();
		assertThat(this.deadlines.pause()).isFalse();
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
		this.deadlines.end();
		assertThat(this.deadlines.pause()).isFalse();
	}

	@Test
	void whoIsHeldUpIsAsGoodAsSilent() {
		this.deadlines.endsToWait();
		assertThat(this.deadlines.waitedFor()).isZero();
		this.deadlines.pauseFor(Duration.ofHours(1));
		Thread.startVirtualThread(this.deadlines::pause);
		while (this.deadlines.waitedFor().isZero()) {
			Thread.onSpinWait();
		}
		this.deadlines.end();
	}

}
