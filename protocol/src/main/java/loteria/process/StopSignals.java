package loteria.process;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import sun.misc.Signal;

/**
 * SIGTERM and SIGINT as a call. By itself a JVM answers them with exit codes 143 and 130,
 * and a shutdown hook cannot change that; who takes them over ends the process with a
 * code of its own choice.
 */
public final class StopSignals {

	private static final List<String> NAMES = List.of("TERM", "INT");

	private StopSignals() {
	}

	/**
	 * From now on signals no longer end the process: {@code action} has to.
	 * @param action called once, at the first signal, with the name {@code SIGTERM} or
	 * {@code SIGINT}; later signals are ignored. Its thread is its own and no daemon:
	 * else the process would end in the middle of an orderly stop, with code 0, as soon
	 * as that has stopped the last thread that is none
	 */
	public static void onStop(Consumer<String> action) {
		AtomicBoolean stopping = new AtomicBoolean();
		for (String name : NAMES) {
			Signal.handle(new Signal(name), (signal) -> {
				if (stopping.compareAndSet(false, true)) {
					String named = "SIG" + signal.getName();
					Thread.ofPlatform().daemon(false).name(named).start(() -> action.accept(named));
				}
			});
		}
	}

}
