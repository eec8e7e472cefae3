package loteria.central.ops;

import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.LoggerFactory;

/**
 * Puts a {@link LogQueue} in front of every place that the log goes to. What is logged
 * before it is there, or after it was closed, waits for its reader.
 */
public final class QueuedLog implements AutoCloseable {

	/** Some seconds of a busy central, at 1 kB or less a line. */
	private static final int LINES = 8 * 1024;

	private final List<LogQueue> queues = new ArrayList<>();

	public QueuedLog(MeterRegistry registry) {
		Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
		root.iteratorForAppenders().forEachRemaining(appenders::add);
		for (Appender<ILoggingEvent> appender : appenders) {
			LogQueue queue = new LogQueue(appender, LINES);
			queue.start();
			this.queues.add(queue);
			root.detachAppender(appender);
			root.addAppender(queue);
		}
		FunctionCounter.builder("lottery.log.dropped", this, QueuedLog::dropped)
			.description("Lines of the log that nobody read in time")
			.baseUnit("lines")
			.register(registry);
	}

	private double dropped() {
		return this.queues.stream().mapToLong(LogQueue::dropped).sum();
	}

	@Override
	public void close() {
		this.queues.forEach(LogQueue::becomePatient);
	}

}
