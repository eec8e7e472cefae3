package loteria.central.ops;

import ch.qos.logback.classic.spi.CallerData;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import loteria.bet.Texts;
import org.jspecify.annotations.Nullable;

/**
 * An event whose message fits on one line of 1 kB, wherever its words come from: it is
 * cut in the middle, because what matters stands at both ends, and characters that would
 * end the line or control a terminal are replaced. The same is true of each line of a
 * stack trace. Cut before it waits for its reader, so that a queue of such lines has a
 * bounded size.
 */
final class LogLine extends LoggingEvent {

	/** Bytes of UTF-8; the time, the level and a line end go before and behind. */
	static final int MOST = 960;

	/** Of the message of an error, which has the name of its class before it. */
	private static final int MOST_OF_ERROR = 600;

	/** How deep causes are told. */
	private static final int CAUSES = 8;

	private static final String CUT = " … ";

	private final @Nullable IThrowableProxy thrown;

	private LogLine(ILoggingEvent event) {
		this.thrown = Thrown.of(event.getThrowableProxy(), CAUSES);
		setMessage(fit(event.getFormattedMessage(), MOST));
		setLevel(event.getLevel());
		setInstant(event.getInstant());
		setSequenceNumber(event.getSequenceNumber());
		setThreadName(event.getThreadName());
		setLoggerName(event.getLoggerName());
		setLoggerContextRemoteView(event.getLoggerContextVO());
		setMDCPropertyMap(event.getMDCPropertyMap());
		setKeyValuePairs(event.getKeyValuePairs());
		setCallerData(event.hasCallerData() ? event.getCallerData() : CallerData.EMPTY_CALLER_DATA_ARRAY);
		if (event.getMarkerList() != null) {
			event.getMarkerList().forEach(this::addMarker);
		}
	}

	/** The event itself if it fits. */
	static ILoggingEvent of(ILoggingEvent event) {
		String message = String.valueOf(event.getFormattedMessage());
		return (event.getThrowableProxy() == null && message.length() <= MOST / 3 && Texts.isPlain(message)) ? event
				: new LogLine(event);
	}

	/** Makes text fit on a line, and in so many bytes. */
	static String fit(@Nullable String text, int most) {
		String whole = String.valueOf(text);
		String line = onOneLine((whole.length() <= 2 * most) ? whole
				: whole.substring(0, most) + whole.substring(whole.length() - most));
		if (whole.length() <= 2 * most && Texts.utf8Length(line) <= most) {
			return line;
		}
		int half = (most - Texts.utf8Length(CUT)) / 2;
		int from = 0;
		for (int bytes = 0; from < line.length(); from += Character.charCount(line.codePointAt(from))) {
			bytes += size(line.codePointAt(from));
			if (bytes > half) {
				break;
			}
		}
		int behind = line.length();
		for (int bytes = 0; behind > from; behind -= Character.charCount(line.codePointBefore(behind))) {
			bytes += size(line.codePointBefore(behind));
			if (bytes > half) {
				break;
			}
		}
		return line.substring(0, from) + CUT + line.substring(behind);
	}

	private static int size(int c) {
		return (c < 0x80) ? 1 : (c < 0x800) ? 2 : (c < 0x10000) ? 3 : 4;
	}

	private static String onOneLine(String text) {
		return text.codePoints()
			.map((c) -> (c == '\n' || c == '\t' || c == '\r') ? ' ' : Texts.isPlain(c) ? c : '\uFFFD')
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	@Override
	public @Nullable IThrowableProxy getThrowableProxy() {
		return this.thrown;
	}

	/**
	 * An error with a message that fits.
	 */
	private record Thrown(IThrowableProxy thrown, String message,
			@Nullable IThrowableProxy cause) implements IThrowableProxy {

		private static @Nullable IThrowableProxy of(@Nullable IThrowableProxy thrown, int causes) {
			return (thrown == null || causes == 0) ? null
					: new Thrown(thrown, fit(thrown.getMessage(), MOST_OF_ERROR), of(thrown.getCause(), causes - 1));
		}

		@Override
		public String getMessage() {
			return this.message;
		}

		@Override
		public String getClassName() {
			return this.thrown.getClassName();
		}

		@Override
		public StackTraceElementProxy[] getStackTraceElementProxyArray() {
			return this.thrown.getStackTraceElementProxyArray();
		}

		@Override
		public int getCommonFrames() {
			return this.thrown.getCommonFrames();
		}

		@Override
		public @Nullable IThrowableProxy getCause() {
			return this.cause;
		}

		@Override
		public IThrowableProxy[] getSuppressed() {
			return new IThrowableProxy[0];
		}

		@Override
		public boolean isCyclic() {
			return this.thrown.isCyclic();
		}

	}

}
