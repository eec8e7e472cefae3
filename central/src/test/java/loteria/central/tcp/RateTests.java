package loteria.central.tcp;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RateTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	/** The clock may begin anywhere, and overflow. */
	private static final long NOW = Long.MAX_VALUE - SECOND;

	private final Rate rate = new Rate(10);

	@Test
	void letsAsManyThroughAtOnceAsOfASecond() {
		for (int i = 0; i < 10; i++) {
			assertThat(this.rate.toWait(1, 1, NOW)).isZero();
		}
		assertThat(this.rate.toWait(1, 1, NOW)).isEqualTo(Duration.ofMillis(100));
		assertThat(this.rate.toWait(1, 5, NOW)).isEqualTo(Duration.ofMillis(600));
		assertThat(this.rate.toWait(1, 1, NOW + 2 * SECOND)).isZero();
	}

	@Test
	void countsEachAgencyForItself() {
		assertThat(this.rate.toWait(1, 20, NOW)).isEqualTo(Duration.ofSeconds(1));
		assertThat(this.rate.toWait(2, 1, NOW)).isZero();
	}

	@Test
	void savesNoMoreThanASecond() {
		assertThat(this.rate.toWait(1, 1, NOW - 100 * SECOND)).isZero();
		assertThat(this.rate.toWait(1, 20, NOW)).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void countsNothingWhereItIsOff() {
		Rate off = new Rate(0);
		assertThat(off.toWait(1, 1_000_000, NOW)).isZero();
		assertThat(off.toWait(1, 1_000_000, NOW)).isZero();
	}

	@Test
	void whoDidNothingDoesNotWait() {
		this.rate.toWait(1, 20, NOW);
		assertThat(this.rate.toWait(1, 0, NOW)).isZero();
	}

}
