package loteria.central.settings;

import loteria.central.settings.CentralSettings.InvalidSettingException;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Where some of the settings are read from before the framework does.
 */
interface SettingsSource {

	Runnable NOTHING_TO_SAY = () -> {
	};

	/**
	 * Puts what it finds where the framework looks, and takes away what that would
	 * stumble over.
	 * @return says what it found, or throws what can't be used, once there is a log
	 */
	Runnable read(ConfigurableEnvironment environment);

	/** Of a value that can't be used. */
	static Runnable refusal(String key, Object value, String allowed) {
		return () -> {
			throw new InvalidSettingException(key, value, allowed);
		};
	}

}
