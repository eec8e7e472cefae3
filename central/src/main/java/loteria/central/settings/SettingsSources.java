package loteria.central.settings;

import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;

/**
 * Where settings are read from: the variables, what the framework makes of them, the
 * files.
 */
public final class SettingsSources {

	private SettingsSources() {
	}

	/**
	 * Has an application read its settings from them all; what can't be used is thrown
	 * once there is a log.
	 */
	public static void addTo(SpringApplication application) {
		for (var source : List.of(new RealVariables(), new ServiceVariables(), new CourseLogLevel(), new LogFormat(),
				new SettingsFiles())) {
			application.addListeners((ApplicationListener<?>) source);
			application.addInitializers((ApplicationContextInitializer<?>) source);
		}
	}

}
