package loteria.agency;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import loteria.agency.ending.ExitStatus;
import loteria.agency.ending.StopSwitch;
import loteria.agency.moving.MovedIn;
import loteria.agency.settings.ConfigFile;
import loteria.agency.settings.Interpreter;
import loteria.agency.settings.SettingsReader;
import loteria.agency.settings.Usage;
import loteria.bet.BetRules;
import loteria.process.StopSignals;
import loteria.process.SystemText;
import loteria.process.Variables;
import loteria.protocol.Dialects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.support.EnvironmentPostProcessorApplicationListener;
import org.springframework.boot.support.EnvironmentPostProcessorsFactory;
import org.springframework.boot.support.SystemEnvironmentPropertySourceEnvironmentPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.StandardEnvironment;

/**
 * The agency's program.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import(AgencyRunner.class)
public class AgencyApplication {

	/** Of the two seconds that a stop may take. */
	private static final Duration STOP_LIMIT = Duration.ofMillis(1500);

	public static void main(String[] args) {
		SystemText.writeUtf8();
		Dialects.problem().ifPresent((problem) -> {
			System.err.println(problem);
			System.exit(ExitStatus.UNUSABLE.code());
		});
		Optional<String> answer = Usage.answer(List.of(args));
		if (answer.isPresent()) {
			System.out.print(answer.get());
			return;
		}
		StopSwitch stop = new StopSwitch();
		StopSignals.onStop((signal) -> {
			stop.stop(signal);
			haltAfter(STOP_LIMIT, stop);
		});
		SpringApplication application = application(stop);
		System.exit(SpringApplication.exit(application.run(args)));
	}

	/**
	 * Spring without what this program has no use for, because five of them start at the
	 * same time: of its listeners two, of its ways to be configured the environment and
	 * the arguments.
	 */
	private static SpringApplication application(StopSwitch stop) {
		SpringApplication application = new SpringApplication(AgencyApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setBannerMode(Banner.Mode.OFF);
		application.setLogStartupInfo(false);
		application.setRegisterShutdownHook(false);
		Map<String, Object> variables = Map.copyOf(Variables.given());
		application.setEnvironment(new StandardEnvironment() {

			@Override
			public Map<String, Object> getSystemEnvironment() {
				return variables;
			}

		});
		application.setEnvironmentPrefix(SettingsReader.PREFIX.toLowerCase(Locale.ROOT));
		application.setDefaultProperties(
				Map.of("logging.level.root", "warn", "logging.level.loteria", "info", "logging.charset.console",
						"UTF-8", "logging.pattern.console", "%d{yyyy-MM-dd HH:mm:ss} %-8level %msg%n"));
		application.setListeners(List.of(
				EnvironmentPostProcessorApplicationListener.with(EnvironmentPostProcessorsFactory
					.of(SystemEnvironmentPropertySourceEnvironmentPostProcessor.class)),
				new LoggingApplicationListener()));
		application.setInitializers(
				List.of((context) -> context.getBeanFactory().registerSingleton(StopSwitch.class.getName(), stop)));
		return application;
	}

	/**
	 * For work that cannot be interrupted, such as a name server that does not answer, or
	 * a pipe without a writer. Normally the process has ended before.
	 */
	private static void haltAfter(Duration limit, StopSwitch stop) {
		try {
			Thread.sleep(limit);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		Logger log = LoggerFactory.getLogger(AgencyApplication.class);
		Object underWay = stop.underWay();
		ExitStatus status = (underWay == null) ? ExitStatus.DONE : ExitStatus.CENTRAL_FAILED;
		if (underWay == null) {
			log.warn("action: exit | result: success | reason: stopped before anything was under way, cut short");
		}
		else {
			log.error(
					"action: exit | result: fail | code: {} | reason: cut short with bets in doubt, stored or not | {}",
					status.code(), underWay);
		}
		Runtime.getRuntime().halt(status.code());
	}

	@Bean
	static BetRules rules() {
		return new BetRules(Clock.systemUTC());
	}

	@Bean
	static ConfigFile configFile() {
		return new ConfigFile(Path.of("config.yaml"));
	}

	@Bean
	static Interpreter interpreter() {
		return new MovedIn(Path.of(""), Path.of("/"));
	}

}
