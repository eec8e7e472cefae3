package loteria.central.tcp;

import java.time.Duration;

import loteria.central.settings.Connections;
import loteria.central.settings.Portion;
import org.springframework.util.unit.DataSize;

/**
 * Limits of connections where a test does not care for most of them.
 */
final class SomeLimits {

	private SomeLimits() {
	}

	/**
	 * @param time for everything
	 */
	static Connections of(int max, Duration time, DataSize maxMessage, String memory) {
		return new Connections(max, new Portion("100%"), time, time, time, time, maxMessage, new Portion(memory), 0,
				new Portion("100%"));
	}

}
