package loteria.central;

import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

import loteria.central.moving.EarlySettings;
import loteria.central.settings.KnownSettings;
import loteria.central.settings.SettingsSources;
import loteria.central.store.StoreFailure;
import loteria.central.tcp.BoundPorts.UnboundPortException;
import loteria.process.StopSignals;
import loteria.process.SystemText;
import loteria.process.Variables;
import loteria.protocol.Dialects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The central, or one of its commands: {@link VerifyCommand}, {@link SalvageCommand},
 * {@link ExportCommand}, {@link ImportCommand}, {@link PurgeCommand}.
 */
@SpringBootApplication(exclude = DataSourceAutoConfiguration.class)
@ConfigurationPropertiesScan
public class CentralApplication {

	public static void main(String[] args) {
		Claim claim = new Claim();
		SystemText.writeUtf8();
		SystemText.refusal(List.of(args)).or(Dialects::problem).ifPresent((refusal) -> {
			System.err.println(refusal);
			System.exit(Exit.UNUSABLE);
		});
		EarlySettings.of(args, Variables.given()).ifPresent((early) -> claim(claim, early));
		FatalErrors.endProcess();
		// in TLS 1.2 a peer could have the other side calculate again and again; read
		// once by Java
		System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
		switch ((args.length > 0) ? args[0] : "") {
			case VerifyCommand.NAME -> System.exit(VerifyCommand.run(args));
			case SalvageCommand.NAME -> System.exit(SalvageCommand.run(args));
			case ExportCommand.NAME -> System.exit(ExportCommand.run(args));
			case ImportCommand.NAME -> System.exit(ImportCommand.run(args));
			case PurgeCommand.NAME -> System.exit(PurgeCommand.run(args));
			default -> {
			}
		}
		if (Help.isAskedFor(args)) {
			Help.answer(args, Help.ofCentral(), System.out);
			System.exit(Exit.SUCCESS);
		}
		for (int i = 0; i < args.length; i++) {
			if (!args[i].startsWith("--")) {
				System.err.println(Help.noSuchWord(args, i));
				System.exit(Exit.UNUSABLE);
			}
		}
		run(args, claim);
	}

	private static void run(String[] args, Claim claim) {
		Logger log = LoggerFactory.getLogger(CentralApplication.class);
		CompletableFuture<ConfigurableApplicationContext> started = new CompletableFuture<>();
		StopSignals.onStop((signal) -> {
			log.info("action: sigterm_received | result: success | signal: {}", signal);
			Exit.during(started);
		});
		try {
			SpringApplication application = application(claim);
			application.addInitializers((context) -> FatalErrors.watchLog());
			started.complete(application.run(args));
		}
		catch (RuntimeException ex) {
			if (FatalErrors.in(ex)) {
				FatalErrors.end(ex);
			}
			StartFailure failure = StartFailure.of(ex);
			log.error(failure.line(), failure.unexpected());
			System.exit(failure.exitCode());
		}
	}

	/** Without a log, which is not set up yet, but in its words: it is the usual one. */
	private static void claim(Claim claim, EarlySettings early) {
		try {
			claim.begin(early);
		}
		catch (StoreFailure | UnboundPortException ex) {
			StartFailure failure = StartFailure.of(ex);
			System.out.printf(Locale.ROOT, "%tF %<tT %-8s %s%n", new Date(), "ERROR", failure.line());
			System.exit(failure.exitCode());
		}
	}

	/** Also for tests, which run it in their own process. */
	public static SpringApplication application() {
		return application(new Claim());
	}

	private static SpringApplication application(Claim claim) {
		SpringApplication application = configured(CentralApplication.class);
		application.addInitializers(new Preflight(claim));
		return application;
	}

	/** One that gets its settings as the central does. */
	static SpringApplication configured(Class<?> source) {
		SpringApplication application = new SpringApplication(source);
		application.setDefaultProperties(KnownSettings.listeners());
		SettingsSources.addTo(application);
		application.setRegisterShutdownHook(false);
		return application;
	}

}
