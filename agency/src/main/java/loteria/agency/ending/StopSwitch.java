package loteria.agency.ending;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Ends the run from another thread. The working thread learns it at once wherever it
 * waits: in {@link #sleep}, and in a read, write or connect of what it is
 * {@linkplain #closeOnStop watched} using, which fails because it was closed under it.
 */
public final class StopSwitch {

	private final CountDownLatch stopped = new CountDownLatch(1);

	private String cause = "";

	private @Nullable Closeable inUse;

	private volatile @Nullable Object underWay;

	/**
	 * @param cause the name of the signal, for the log
	 */
	public synchronized void stop(String cause) {
		this.cause = cause;
		this.stopped.countDown();
		if (this.inUse != null) {
			close(this.inUse);
		}
	}

	/**
	 * From now on {@code resource} is closed by {@link #stop}, in place of the one
	 * before.
	 */
	public synchronized void closeOnStop(Closeable resource) {
		this.inUse = resource;
		if (isStopped()) {
			close(resource);
			check();
		}
	}

	/**
	 * What was sent and is not answered yet, for whoever ends the program when the
	 * working thread does not come to it.
	 * @param what its text goes to the log; null for nothing
	 */
	public void underWay(@Nullable Object what) {
		this.underWay = what;
	}

	public @Nullable Object underWay() {
		return this.underWay;
	}

	public boolean isStopped() {
		return this.stopped.getCount() == 0;
	}

	/**
	 * Called wherever an exception may be the consequence of {@link #stop}, and now and
	 * then by work that never waits.
	 */
	public void check() {
		if (isStopped()) {
			throw new StoppedException(cause());
		}
	}

	public void sleep(Duration pause) {
		try {
			if (this.stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
				throw new StoppedException(cause());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StoppedException("interrupt");
		}
	}

	/** What {@link #stop} was told. */
	public synchronized String cause() {
		return this.cause;
	}

	private static void close(Closeable resource) {
		try {
			resource.close();
		}
		catch (IOException ex) {
			// not a field: this class is in use before logging is set up
			LoggerFactory.getLogger(StopSwitch.class)
				.warn("action: close_connection | result: fail | reason: {}", ex.toString());
		}
	}

}
