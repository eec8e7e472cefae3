package loteria.central;

import java.time.Clock;
import java.util.function.Consumer;

import io.micrometer.core.instrument.MeterRegistry;
import loteria.bet.BetRules;
import loteria.central.lottery.BetDesk;
import loteria.central.lottery.DrawCoordinator;
import loteria.central.lottery.KnownAgencies;
import loteria.central.lottery.Patience;
import loteria.central.ops.QueuedLog;
import loteria.central.settings.CentralSettings;
import loteria.central.store.BetStore;
import loteria.central.store.StoreFailure;
import loteria.central.store.file.FileBetStore;
import loteria.central.store.postgres.PostgresBetStore;
import loteria.central.tcp.Capacity;
import loteria.central.tcp.ListenerLifecycle.Deafness;
import loteria.central.tcp.ServedBundles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Puts the central together, once it is known that its certificates can be used. The
 * store is closed after all that uses it: beans are destroyed when every
 * {@code Lifecycle} has stopped.
 */
@Configuration(proxyBeanMethods = false)
@DependsOn(ServedBundles.NAME)
class CentralConfiguration {

	private static final Logger log = LoggerFactory.getLogger(CentralConfiguration.class);

	CentralConfiguration(CentralSettings settings, Capacity capacity, ConfigurableEnvironment environment) {
		log.info("action: config | result: success | {} | http_port: {}", settings.describe(capacity.connections()),
				environment.getProperty(Preflight.HTTP_PORT));
		tellWhatIsOpen(settings.openToOthers(false), settings.openToOthers(true));
	}

	private static void tellWhatIsOpen(String toAnybody, String toAddresses) {
		if (!toAnybody.isEmpty()) {
			log.info(
					"action: open_listeners | result: success | to_anybody: {} | warning: any machine that reaches them may bet, finish and ask for any agency | hint: central.listeners.<name>.peers says which may",
					toAnybody);
		}
		if (!toAddresses.isEmpty()) {
			log.info(
					"action: open_listeners | result: success | by_address: {} | warning: a peer is known by its address alone",
					toAddresses);
		}
	}

	@Bean
	QueuedLog queuedLog(MeterRegistry registry) {
		return new QueuedLog(registry);
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

	@Bean
	BetRules betRules(Clock clock) {
		return BetRules.storing(clock);
	}

	@Bean
	BetStore betStore(CentralSettings settings, Claim claim, MeterRegistry registry,
			ConfigurableApplicationContext context) throws StoreFailure {
		claim.settle(settings);
		Consumer<Throwable> onFailure = (ex) -> Exit.later(context,
				(ex instanceof StoreFailure failure) ? Exit.of(failure) : Exit.FAILURE);
		return switch (settings.store().type()) {
			case FILE -> FileBetStore.open(claim.takeStore(), fileOptions(settings), registry, onFailure);
			case POSTGRES -> {
				SharedDatabase database = SharedDatabase.of(context.getEnvironment());
				yield PostgresBetStore.open(database.options(settings), database.source(), registry, onFailure);
			}
		};
	}

	static FileBetStore.Options fileOptions(CentralSettings settings) {
		return new FileBetStore.Options(settings.store().directory(), settings.draw().name(),
				settings.draw().winningNumber(), settings.store().minFree().toBytes());
	}

	@Bean
	KnownAgencies knownAgencies(BetStore store, CentralSettings settings) {
		return new KnownAgencies(store, settings.expectedAgencies(), settings.draw().maxAgencies());
	}

	@Bean
	BetDesk betDesk(BetStore store, KnownAgencies known) {
		return new BetDesk(store, known);
	}

	@Bean
	DrawCoordinator drawCoordinator(BetStore store, Clock clock, KnownAgencies known, CentralSettings settings)
			throws StoreFailure {
		return new DrawCoordinator(store, clock, known,
				new Patience(settings.draw().timeout(), settings.draw().unnamed()));
	}

	@Bean
	Deafness deafness(ConfigurableApplicationContext context) {
		return () -> Exit.later(context, Exit.FAILURE);
	}

}
