package loteria.process;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import sun.misc.Signal;

import static org.assertj.core.api.Assertions.assertThat;

class StopSignalsTests {

	@Test
	void callsOnceHoweverOftenTheSignalComes() throws InterruptedException {
		Queue<String> calls = new ConcurrentLinkedQueue<>();
		CountDownLatch called = new CountDownLatch(1);
		StopSignals.onStop((signal) -> {
			calls.add(signal);
			called.countDown();
		});
		Signal.raise(new Signal("TERM"));
		assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
		Signal.raise(new Signal("INT"));
		Signal.raise(new Signal("TERM"));
		assertThat(calls).containsExactly("SIGTERM");
	}

}
