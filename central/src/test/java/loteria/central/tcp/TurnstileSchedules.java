package loteria.central.tcp;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import loteria.central.schedules.Schedules;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Turns and rates, which many connections ask for at once. */
class TurnstileSchedules {

	private static final long MILLI = Duration.ofMillis(1).toNanos();

	private final AtomicLong clock = new AtomicLong();

	@Test
	void letsEachPassOnceItsTurnHasCome() {
		Schedules.each(250, () -> {
			Turnstile turnstile = new Turnstile(0.5, 2, () -> this.clock.addAndGet(MILLI));
			AtomicInteger passed = new AtomicInteger();
			Runnable connection = () -> {
				Turnstile.Account account = turnstile.open("one of two", false);
				account.charge(5 * MILLI);
				if (account.awaitTurn()) {
					passed.incrementAndGet();
				}
				account.end();
				account.settle();
			};
			Schedules.together(connection, connection, connection);
			assertThat(passed).hasValue(3);
			assertThat(turnstile.waiting()).isZero();
			assertThat(turnstile.networks()).isEqualTo(1);
			return null;
		});
	}

	@Test
	void keepsNobodyWaitingForOneThatEnds() {
		Schedules.each(250, () -> {
			Turnstile turnstile = new Turnstile(0.5, 2, () -> this.clock.addAndGet(MILLI));
			Turnstile.Account ending = turnstile.open("first", false);
			Turnstile.Account other = turnstile.open("second", false);
			AtomicInteger passed = new AtomicInteger();
			ending.charge(90 * MILLI);
			other.charge(5 * MILLI);
			Schedules.together(ending::awaitTurn, ending::end, () -> {
				if (other.awaitTurn()) {
					passed.incrementAndGet();
				}
			});
			assertThat(passed).hasValue(1);
			assertThat(turnstile.waiting()).isZero();
			return null;
		});
	}

	@Test
	void chargesAnAgencyForWhatItSendsOnSeveralConnections() {
		Schedules.each(250, () -> {
			Rate rate = new Rate(10);
			Runnable connection = () -> rate.toWait(1, 5, 0);
			Schedules.together(connection, connection, connection);
			assertThat(rate.toWait(1, 1, 0)).as("a second's are free").isEqualTo(Duration.ofMillis(600));
			return null;
		});
	}

	@Test
	void writesOrCountsEachLineOfTheLog() {
		LogRate.Kind kind = new LogRate.Kind("127.0.0.1", "apuesta_recibida", true, "store_full");
		Schedules.each(250, () -> {
			LogRate rate = new LogRate(0);
			for (int i = 0; i < LogRate.FAILURES; i++) {
				assertThat(rate.allows(kind)).isTrue();
			}
			AtomicInteger written = new AtomicInteger();
			Runnable connection = () -> {
				if (rate.allows(kind)) {
					written.incrementAndGet();
				}
			};
			AtomicLong more = new AtomicLong();
			Schedules.together(connection, connection, () -> more.addAndGet(rate.takeOver().getOrDefault(kind, 0L)));
			more.addAndGet(rate.takeOver().getOrDefault(kind, 0L));
			assertThat(written.get() + more.get()).isEqualTo(2);
			return null;
		});
	}

}
