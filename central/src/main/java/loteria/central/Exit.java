package loteria.central;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import loteria.central.store.StoreFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * How the central ends, and with which code.
 */
final class Exit {

	static final int SUCCESS = 0;

	/** The disk or a port failed, or the database was out of reach. */
	static final int FAILURE = 1;

	/** A setting, or the place of the store, is unusable. */
	static final int UNUSABLE = 2;

	/** What was stored is damaged. */
	static final int CORRUPT = 3;

	/**
	 * The Java machine could not go on: no memory, most likely. Not by
	 * {@code -XX:+ExitOnOutOfMemoryError}, whose code is that of a damaged store.
	 */
	static final int ERROR = 5;

	/** Of the ten that Docker gives; the stop behind the start needs some, too. */
	private static final int START_SECONDS = 3;

	/** In words. */
	static final String CODES = """
			0 stopped in order; 1 a port or the disk failed, or the database is out of
			reach; 2 a setting or the store's place is unusable; 3 the store is damaged;
			5 out of memory, or another error of the Java machine""";

	private static final Logger log = LoggerFactory.getLogger(Exit.class);

	private static final AtomicBoolean ending = new AtomicBoolean();

	private static final AtomicInteger worst = new AtomicInteger(SUCCESS);

	private Exit() {
	}

	/** The code for what the store says of itself. */
	static int of(StoreFailure failure) {
		return switch (failure.kind()) {
			case UNUSABLE -> UNUSABLE;
			case CORRUPT -> CORRUPT;
			case BROKEN -> FAILURE;
		};
	}

	/**
	 * Stops the central on a thread of its own, as its own threads wait for each other
	 * then.
	 */
	static void later(ConfigurableApplicationContext context, int code) {
		// also while the central is being stopped already, for another reason
		worst.accumulateAndGet(code, Math::max);
		// Not a daemon, whichever thread calls: the process would end without it, and
		// with code 0.
		Thread.ofPlatform().daemon(false).name("exit").start(() -> now(context, code));
	}

	/**
	 * Stops the central, which may be starting still: what is half made can't be taken
	 * apart. A start that takes long ends with the process, as nothing was acknowledged.
	 */
	static void during(Future<ConfigurableApplicationContext> start) {
		try {
			now(start.get(START_SECONDS, TimeUnit.SECONDS), SUCCESS);
		}
		catch (TimeoutException ex) {
			if (ending.compareAndSet(false, true)) {
				log.info("action: shutdown | result: success | exit_code: {} | reason: stopped during the start",
						SUCCESS);
				System.exit(SUCCESS);
			}
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Stops the central, once, and ends the process. */
	static void now(ConfigurableApplicationContext context, int code) {
		if (!ending.compareAndSet(false, true)) {
			return;
		}
		int stopped = Math.max(code, SpringApplication.exit(context));
		int exitCode = worst.accumulateAndGet(stopped, Math::max);
		log.info("action: shutdown | result: {} | exit_code: {}", (exitCode == SUCCESS) ? "success" : "fail", exitCode);
		System.exit(exitCode);
	}

}
