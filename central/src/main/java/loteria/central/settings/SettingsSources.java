package loteria.central.settings;

import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;

/**
 * Where settings are read from before the framework does: the variables and what others
 * mean by them, the files.
 */
public final class SettingsSources implements ApplicationListener<ApplicationEnvironmentPreparedEvent>,
		ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

	/** In this order: who reads a variable finds it as it was given. */
	private final List<SettingsSource> sources = List.of(new RealVariables(), new ServiceVariables(),
			new CourseLogLevel(), new LogFormat(), new SettingsFiles());

	private List<Runnable> toSay = List.of();

	private SettingsSources() {
	}

	/** Has an application read its settings from them all. */
	public static void addTo(SpringApplication application) {
		SettingsSources sources = new SettingsSources();
		application.addListeners(sources);
		application.addInitializers(sources);
	}

	/** Before the listener that sets logging up. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		this.toSay = this.sources.stream().map((source) -> source.read(event.getEnvironment())).toList();
	}

	/** By now there is a log. */
	@Override
	public void initialize(ConfigurableApplicationContext context) {
		this.toSay.forEach(Runnable::run);
	}

}
