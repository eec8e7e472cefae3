package loteria.process;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import sun.misc.Signal;

import static org.assertj.core.api.Assertions.assertThat;

class StopSignalsTests {

	@Test
	void callsOnceHoweverOftenTheSignalComes() throws InterruptedException {
		Queue<String> calls = new ConcurrentLinkedQueue<>();
		AtomicBoolean daemon = new AtomicBoolean(true);
		CountDownLatch called = new CountDownLatch(1);
		StopSignals.onStop((signal) -> {
			calls.add(signal);
			daemon.set(Thread.currentThread().isDaemon());
			called.countDown();
		});
		Signal.raise(new Signal("TERM"));
		assertThat(called.await(60, TimeUnit.SECONDS)).isTrue();
		Signal.raise(new Signal("INT"));
		Signal.raise(new Signal("TERM"));
		assertThat(calls).containsExactly("SIGTERM");
		assertThat(daemon).as("a process may end while only daemons are left").isFalse();
	}

}
