package loteria.agency.scripted;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * The messages that this program logs while a test runs.
 */
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private static final Logger logger = (Logger) LoggerFactory.getLogger("loteria");

	private final List<String> lines = new CopyOnWriteArrayList<>();

	private LogLines() {
	}

	public static LogLines capture() {
		LogLines lines = new LogLines();
		lines.setContext(logger.getLoggerContext());
		lines.start();
		logger.addAppender(lines);
		return lines;
	}

	@Override
	protected void append(ILoggingEvent event) {
		this.lines.add(event.getFormattedMessage());
	}

	public List<String> all() {
		return this.lines;
	}

	/** Those of one action. */
	public List<String> of(String action) {
		return this.lines.stream().filter((line) -> line.startsWith("action: " + action + " |")).toList();
	}

	/** Captures what is logged at DEBUG, too. */
	public void debug() {
		logger.setLevel(Level.DEBUG);
	}

	@Override
	public void close() {
		logger.setLevel(Level.INFO);
		logger.detachAppender(this);
		stop();
	}

}
