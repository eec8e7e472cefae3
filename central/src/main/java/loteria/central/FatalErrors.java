package loteria.central;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Ends the process on an {@link Error}, wherever it is thrown or caught: threads that
 * died of one leave a central that seems to run and does not. It ends at once; what is
 * acknowledged is on disk.
 */
final class FatalErrors {

	private static final org.slf4j.Logger log = LoggerFactory.getLogger(FatalErrors.class);

	private static final int LAST_WORDS_SECONDS = 3;

	private static final AtomicBoolean ending = new AtomicBoolean();

	private static final CountDownLatch begun = new CountDownLatch(1);

	/** For the last words, when there is no memory for them. */
	@SuppressWarnings("unused")
	private static volatile byte @Nullable [] reserve;

	private FatalErrors() {
	}

	/** From now on an error that is not caught ends the process. */
	static void endProcess() {
		reserve = new byte[512 * 1024];
		// made now: when it is needed there may be no thread to be had
		Thread.ofPlatform().daemon().name("last-words").start(FatalErrors::limitLastWords);
		Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
			if (in(thrown)) {
				end(thrown);
			}
			else {
				log.error("action: run | result: fail | thread: {}", thread.getName(), thrown);
			}
		});
	}

	/**
	 * From now on an error that is caught and logged does, too. Libraries look for
	 * classes that need not be there, and say so in lines that no one needs: those are
	 * let pass.
	 */
	static void watchLog() {
		((LoggerContext) LoggerFactory.getILoggerFactory()).addTurboFilter(new TurboFilter() {
			@Override
			public FilterReply decide(@Nullable Marker marker, Logger logger, Level level, @Nullable String format,
					Object @Nullable [] params, @Nullable Throwable thrown) {
				Throwable logged = (thrown == null && params != null && params.length > 0
						&& params[params.length - 1] instanceof Throwable last) ? last : thrown;
				if (logged != null && in(logged)
						&& (level.isGreaterOrEqual(Level.WARN) || root(logged) instanceof VirtualMachineError)) {
					end(logged);
				}
				return FilterReply.NEUTRAL;
			}
		});
	}

	/** Whether it is an error, or was caused by one. */
	static boolean in(Throwable thrown) {
		return root(thrown) instanceof Error;
	}

	/** The first error in the chain of causes, or its end. */
	private static Throwable root(Throwable thrown) {
		Throwable at = thrown;
		while (!(at instanceof Error) && at.getCause() != null) {
			at = at.getCause();
		}
		return at;
	}

	static void end(Throwable thrown) {
		if (!ending.compareAndSet(false, true)) {
			return;
		}
		reserve = null;
		begun.countDown();
		try {
			log.error("action: shutdown | result: fail | exit_code: {} | error: {}{}", Exit.ERROR, root(thrown),
					(root(thrown) instanceof OutOfMemoryError)
							? " | hint: give the central more memory (-Xmx), or lower central.connections.memory" : "",
					thrown);
			// lines may be on their way still
			((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
		}
		finally {
			Runtime.getRuntime().halt(Exit.ERROR);
		}
	}

	private static void limitLastWords() {
		try {
			begun.await();
			TimeUnit.SECONDS.sleep(LAST_WORDS_SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			Runtime.getRuntime().halt(Exit.ERROR);
		}
	}

}
