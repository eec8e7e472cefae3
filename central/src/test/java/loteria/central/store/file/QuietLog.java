package loteria.central.store.file;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Keeps the store silent where a test breaks it a thousand times.
 */
final class QuietLog implements BeforeEachCallback, AfterEachCallback {

	private final Logger logger = (Logger) LoggerFactory.getLogger(QuietLog.class.getPackageName());

	@Override
	public void beforeEach(ExtensionContext context) {
		this.logger.setLevel(Level.OFF);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.logger.setLevel(null);
	}

}
