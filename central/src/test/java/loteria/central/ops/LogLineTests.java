package loteria.central.ops;

import java.nio.charset.StandardCharsets;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LogLineTests {

	private final LoggerContext context = new LoggerContext();

	private final Logger logger = this.context.getLogger("test");

	@BeforeEach
	void setUp() {
		this.context.setMDCAdapter(new LogbackMDCAdapter());
	}

	private ILoggingEvent event(String message, @Nullable Throwable thrown) {
		return new LoggingEvent("test", this.logger, Level.ERROR, message, thrown, null);
	}

	@Test
	void whatFitsStaysAsItIs() {
		ILoggingEvent event = event("action: sorteo | result: success | name: ñandú", null);
		assertThat(LogLine.of(event)).isSameAs(event);
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "ñ", "€", "😀" })
	void keepsBothEndsOfWhatIsTooLong(String character) {
		String line = LogLine.of(event("first " + character.repeat(2_000_000) + " last", null)).getFormattedMessage();
		assertThat(line).startsWith("first " + character).contains(character + " … " + character).endsWith(" last");
		assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(LogLine.MOST - 20, LogLine.MOST);
	}

	@Test
	void anEventIsOneLine() {
		assertThat(LogLine.of(event("one\r\naction: sorteo\u2028\u001b[31m\u202e", null)).getFormattedMessage())
			.isEqualTo("one  action: sorteo\uFFFD\uFFFD[31m\uFFFD");
	}

	@Test
	void everyLineOfAnErrorFits() {
		Exception thrown = new IllegalStateException("a\nb" + "x".repeat(100_000),
				new IllegalArgumentException("c\nd" + "ñ".repeat(100_000)));
		ThrowableProxyConverter converter = new ThrowableProxyConverter();
		converter.start();
		String trace = converter.convert(LogLine.of(event("failed", thrown)));
		assertThat(trace).contains("IllegalStateException: a b", "IllegalArgumentException: c d", "LogLineTests");
		assertThat(trace.lines())
			.allSatisfy((line) -> assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1024));
	}

}
