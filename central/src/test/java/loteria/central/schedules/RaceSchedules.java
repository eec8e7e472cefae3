package loteria.central.schedules;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Mistakes that must be found. Without them a Java that was not made over for Fray would
 * run every scenario in its usual order, and call that a success.
 */
class RaceSchedules {

	@Test
	void findsAnUpdateThatIsLost() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> Schedules.each(200, () -> {
			AtomicInteger count = new AtomicInteger();
			Runnable add = () -> count.set(count.get() + 1);
			Schedules.together(add, add);
			assertThat(count).hasValue(2);
			return null;
		})).withMessageContaining("-Dschedule=");
	}

	@Test
	void findsTwoLocksTakenCrosswise() {
		Object left = new Object();
		Object right = new Object();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> Schedules.each(200, () -> {
			Schedules.together(() -> both(left, right), () -> both(right, left));
			return null;
		})).withMessageContaining("Deadlock");
	}

	@Test
	void findsAWakeUpThatIsLost() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> Schedules.each(200, () -> {
			Object bell = new Object();
			Schedules.together(() -> await(bell), () -> ring(bell));
			return null;
		})).withMessageContaining("Deadlock");
	}

	@Test
	void findsNothingWhereNothingIsWrong() {
		assertThatNoException().isThrownBy(() -> Schedules.each(200, () -> {
			AtomicInteger count = new AtomicInteger();
			Schedules.together(count::incrementAndGet, count::incrementAndGet);
			assertThat(count).hasValue(2);
			return null;
		}));
	}

	private static void both(Object first, Object second) {
		synchronized (first) {
			synchronized (second) {
				first.notifyAll();
			}
		}
	}

	private static void await(Object bell) {
		synchronized (bell) {
			try {
				bell.wait();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	private static void ring(Object bell) {
		synchronized (bell) {
			bell.notifyAll();
		}
	}

}
