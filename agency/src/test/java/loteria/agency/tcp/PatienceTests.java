package loteria.agency.tcp;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import loteria.agency.ending.ExitStatus;
import loteria.agency.ending.Failure;
import loteria.protocol.Inbound;
import loteria.protocol.ProtocolException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PatienceTests {

	private static final IOException CAUSE = new IOException("Connection refused");

	/** The whole pause, never less. */
	private static final RandomGenerator NO_JITTER = new RandomGenerator() {

		@Override
		public long nextLong() {
			throw new UnsupportedOperationException();
		}

		@Override
		public long nextLong(long bound) {
			return bound - 1;
		}

	};

	private final List<Long> pauses = new ArrayList<>();

	private long now;

	@Test
	void pausesTwiceAsLongEachTimeUpToALimit() throws Failure {
		Patience patience = patience(Duration.ofMinutes(1), NO_JITTER);
		for (int i = 0; i < 7; i++) {
			patience.pause(CAUSE);
		}
		assertThat(this.pauses).containsExactly(100L, 200L, 400L, 800L, 1600L, 2000L, 2000L);
	}

	@Test
	void givesUpOnceTheLimitHasPassedAndNotBefore() throws Failure {
		Patience patience = patience(Duration.ofSeconds(1), NO_JITTER);
		for (int i = 0; i < 4; i++) {
			patience.pause(CAUSE);
		}
		assertThat(this.pauses).containsExactly(100L, 200L, 400L, 300L);
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> patience.pause(CAUSE))
			.withMessage(
					"action: connect | result: fail | reason: out of reach for 1000 ms, at last: Connection refused")
			.satisfies((failure) -> assertThat(failure.status()).isEqualTo(ExitStatus.CENTRAL_FAILED));
	}

	@Test
	void isAtItsEndWhereTheTimeWentIntoWaits() throws Failure {
		Patience patience = patience(Duration.ofSeconds(5), NO_JITTER);
		waits(patience, 3000);
		patience.pause(CAUSE);
		waits(patience, 1800);
		patience.pause(CAUSE);
		assertThat(this.pauses).containsExactly(100L, 100L);
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> patience.pause(CAUSE))
			.withMessageContaining("out of reach for 5000 ms");
	}

	@Test
	void countsNothingButWaits() throws Failure {
		Patience patience = patience(Duration.ofSeconds(5), NO_JITTER);
		patience.pause(CAUSE);
		this.now += Duration.ofHours(1).toNanos();
		patience.pause(CAUSE);
		assertThat(this.pauses).containsExactly(100L, 200L);
	}

	@Test
	void leavesTimeForAnotherAttemptWhereThatIsOfUse() {
		Patience patience = patience(Duration.ofSeconds(60), NO_JITTER);
		assertThat(patience.forAWait(Duration.ofSeconds(60), true)).isEqualTo(Duration.ofSeconds(40));
		assertThat(patience.forAWait(Duration.ofSeconds(60), false)).isEqualTo(Duration.ofSeconds(60));
		assertThat(patience.forAWait(Duration.ofSeconds(5), true)).isEqualTo(Duration.ofSeconds(5));
		waits(patience, 57_000);
		assertThat(patience.forAWait(Duration.ofSeconds(60), true)).isEqualTo(Duration.ofSeconds(2));
		assertThat(patience.forAWait(Duration.ofSeconds(5), false)).isEqualTo(Duration.ofSeconds(3));
		waits(patience, 10_000);
		assertThat(patience.forAWait(Duration.ofSeconds(5), false)).isEqualTo(Duration.ofMillis(200));
		patience.progress();
		assertThat(patience.forAWait(Duration.ofSeconds(60), true)).isEqualTo(Duration.ofSeconds(40));
	}

	@Test
	void aSingleAttemptHasItsFullTime() {
		assertThat(patience(Duration.ZERO, NO_JITTER).forAWait(Duration.ofSeconds(60), true))
			.isEqualTo(Duration.ofSeconds(60));
	}

	@Test
	void hasNoneWithALimitOfZero() {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> patience(Duration.ZERO, NO_JITTER).pause(CAUSE));
	}

	@Test
	void beginsAnewAfterProgress() throws Failure {
		Patience patience = patience(Duration.ofSeconds(1), NO_JITTER);
		for (int i = 0; i < 4; i++) {
			patience.pause(CAUSE);
		}
		patience.progress();
		patience.pause(CAUSE);
		assertThat(this.pauses).endsWith(300L, 100L);
	}

	@Test
	void neverGivesUpACentralThatAnswersButAsksMoreAndMoreSeldom() throws Failure {
		Patience patience = patience(Duration.ofSeconds(1), NO_JITTER);
		for (int i = 0; i < 10; i++) {
			patience.pause(CAUSE);
			patience.reached();
		}
		assertThat(this.pauses).startsWith(100L, 200L, 400L, 800L, 1000L, 1000L);
	}

	@Test
	void jitterTakesUpToHalfOfAPause() throws Failure {
		Patience patience = patience(Duration.ofHours(1), RandomGenerator.getDefault());
		for (int i = 0; i < 200; i++) {
			patience.pause(CAUSE);
			patience.progress();
		}
		assertThat(this.pauses).allMatch((pause) -> pause >= 50 && pause <= 100).anyMatch((pause) -> pause < 90);
	}

	@Test
	void hasNoneWithACentralThatSpeaksSomethingElse() {
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> patience(Duration.ofMinutes(1), NO_JITTER)
				.pause(new ProtocolException("lines", "two lines", new Inbound())))
			.withMessageStartingWith("action: receive_message | result: fail | reason: lines: expected two lines");
	}

	private void waits(Patience patience, long millis) {
		long from = patience.now();
		this.now += Duration.ofMillis(millis).toNanos();
		patience.waitedSince(from);
	}

	private Patience patience(Duration limit, RandomGenerator random) {
		return new Patience(limit, (pause) -> {
			this.pauses.add(pause.toMillis());
			this.now += pause.toNanos();
		}, () -> this.now, random);
	}

}
