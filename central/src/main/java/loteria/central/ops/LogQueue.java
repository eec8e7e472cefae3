package loteria.central.ops;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.slf4j.LoggerFactory;

/**
 * Lines on their way to the reader of the log, taken there by a thread of their own: no
 * thread that logs waits, not even for a reader that has stopped reading. Bounded. Where
 * lines come faster than they are taken, warnings and worse have half of the room for
 * themselves; what finds no room is counted, and said as soon as there is some again.
 */
final class LogQueue extends UnsynchronizedAppenderBase<ILoggingEvent> {

	/** How long an end waits for a reader that takes no line. */
	private static final Duration LIMIT = Duration.ofSeconds(2);

	private static final long A_MOMENT = 100_000;

	/**
	 * Between two looks for lines: waking up for each would cost more than writing it.
	 */
	private static final long REST_NANOS = 5_000_000;

	/** Lines that are written before the target is made to pass them on. */
	private static final int PIECE = 256;

	private static final Logger log = (Logger) LoggerFactory.getLogger(LogQueue.class);

	private final Appender<ILoggingEvent> target;

	private final int room;

	private final BlockingQueue<ILoggingEvent> lines;

	/** Lines that are here, the one that is being handed over too. */
	private final AtomicInteger pending = new AtomicInteger();

	private final AtomicLong dropped = new AtomicLong();

	/** How many of the dropped were said; of the thread alone. */
	private long said;

	private final Thread thread = Thread.ofPlatform().name("log-writer").daemon().unstarted(this::run);

	/** Written by the thread alone. */
	private volatile long taken;

	private volatile boolean patient;

	private volatile boolean stopped;

	/**
	 * @param target gets the lines
	 * @param room for lines of any level, and as many again for warnings and worse
	 */
	LogQueue(Appender<ILoggingEvent> target, int room) {
		this.target = target;
		this.room = room;
		this.lines = new LinkedBlockingQueue<>(2 * room);
		setName(target.getName());
		setContext(target.getContext());
		if (target instanceof OutputStreamAppender<ILoggingEvent> stream) {
			// many lines in one system call; see flush
			stream.setImmediateFlush(false);
		}
	}

	@Override
	public void start() {
		super.start();
		this.thread.start();
	}

	@Override
	protected void append(ILoggingEvent event) {
		event.prepareForDeferredProcessing();
		ILoggingEvent line = LogLine.of(event);
		boolean serious = event.getLevel().isGreaterOrEqual(Level.WARN);
		this.pending.incrementAndGet();
		if ((!serious && this.lines.size() >= this.room) || !this.lines.offer(line)) {
			this.pending.decrementAndGet();
			this.dropped.incrementAndGet();
		}
		else if (this.patient) {
			this.patient = settle();
		}
	}

	private void run() {
		while (!this.stopped) {
			try {
				hand(this.lines.take());
				if (!this.patient && this.lines.size() < this.room / 2) {
					LockSupport.parkNanos(REST_NANOS);
				}
			}
			catch (InterruptedException ex) {
				// stopped
			}
		}
		this.target.stop();
	}

	private void handAll() {
		for (ILoggingEvent event = this.lines.poll(); event != null; event = this.lines.poll()) {
			hand(event);
		}
	}

	/** Hands over a line, and those behind it. */
	private void hand(ILoggingEvent first) {
		int handed = 0;
		for (ILoggingEvent event = first; event != null; event = (handed < PIECE) ? this.lines.poll() : null) {
			this.target.doAppend(event);
			this.taken++;
			handed++;
		}
		long unsaid = dropped() - this.said;
		if (unsaid > 0 && this.lines.size() < this.room) {
			this.said += unsaid;
			this.target.doAppend(new LoggingEvent(LogQueue.class.getName(), log, Level.WARN,
					"action: log | result: fail | dropped: {} | reason: whoever reads the log did not keep up", null,
					new Object[] { unsaid }));
		}
		flush();
		this.pending.addAndGet(-handed);
	}

	private void flush() {
		if (this.target instanceof OutputStreamAppender<ILoggingEvent> stream) {
			try {
				stream.getOutputStream().flush();
			}
			catch (IOException ex) {
				stream.addError("a line could not be written", ex);
			}
		}
	}

	/** How many lines found no room since the start. */
	long dropped() {
		return this.dropped.get();
	}

	/**
	 * Returns when every line has been taken, and from now on only when a line has: the
	 * last words of a program must not be lost. Gives up on a reader that does not read.
	 */
	void becomePatient() {
		this.patient = settle();
	}

	/**
	 * @return whether there was a moment without a line waiting; if not, the reader has
	 * stopped reading
	 */
	private boolean settle() {
		long before = this.taken;
		long since = System.nanoTime();
		while (this.pending.get() > 0) {
			if (this.taken != before) {
				before = this.taken;
				since = System.nanoTime();
			}
			else if (System.nanoTime() - since > LIMIT.toNanos()) {
				return false;
			}
			LockSupport.parkNanos(A_MOMENT);
		}
		return true;
	}

	/**
	 * Takes no more lines, and waits for those that are here as long as is reasonable.
	 */
	@Override
	public void stop() {
		super.stop();
		if (Thread.currentThread() == this.thread || !this.thread.isAlive()) {
			// it dies, and takes the program with it: these are the last words
			handAll();
			return;
		}
		settle();
		this.stopped = true;
		this.thread.interrupt();
	}

}
