package loteria.central.tcp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import loteria.central.RunningCentral;
import loteria.central.lottery.BetDesk;
import loteria.central.lottery.DrawCoordinator;
import loteria.central.lottery.ExpectedAgencies;
import loteria.central.lottery.KnownAgencies;
import loteria.central.lottery.Patience;
import loteria.central.lottery.Unnamed;
import loteria.central.store.BetStore;
import loteria.central.store.StoreFailure;
import loteria.central.store.file.FileBetStore;
import loteria.protocol.Dialect;
import loteria.protocol.Dialects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.integration.dsl.IntegrationFlow;

/**
 * A central that goes on running while the lottery behind its listeners is changed for
 * another, which costs a hundredth of a start.
 */
final class ChangingLottery implements AutoCloseable {

	/** The bean that hands requests on to the lottery. */
	private static final String FLOW = "answerRequests";

	private static final int WINNING_NUMBER = 7574;

	private static final int MANY = 10_000;

	private static final Rate UNLIMITED = new Rate(0);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final RunningCentral central;

	private volatile @Nullable Lottery lottery;

	/**
	 * @param store of the lottery that the central would have, which is never asked
	 */
	ChangingLottery(Path store, String... settings) {
		this.central = RunningCentral.start(store, this::replaceFlow, settings);
	}

	private void replaceFlow(ConfigurableApplicationContext context) {
		context.addBeanFactoryPostProcessor((beans) -> {
			BeanDefinitionRegistry registry = (BeanDefinitionRegistry) beans;
			registry.removeBeanDefinition(FLOW);
			registry.registerBeanDefinition(FLOW, new RootBeanDefinition(IntegrationFlow.class, this::flow));
		});
	}

	private IntegrationFlow flow() {
		return IntegrationFlow.from(RequestFlow.REQUESTS).handle(Burst.class, (burst, headers) -> {
			Lottery present = this.lottery;
			if (present == null) {
				throw new IllegalStateException("between two lotteries");
			}
			return RequestFlow.answer(burst, present.desk, present.draw, UNLIMITED);
		}).get();
	}

	RunningCentral central() {
		return this.central;
	}

	/** Begins another lottery, with nothing in its store. */
	Lottery begin(Path store, ExpectedAgencies expected, Duration patience) throws StoreFailure {
		BetStore opened = FileBetStore.open(new FileBetStore.Options(store, "draw", WINNING_NUMBER, 0),
				new SimpleMeterRegistry(), (ex) -> {
					throw new AssertionError("the store failed", ex);
				});
		KnownAgencies known = new KnownAgencies(opened, expected, MANY);
		Lottery begun = new Lottery(store, opened, new BetDesk(opened, known),
				new DrawCoordinator(opened, Clock.systemUTC(), known, new Patience(patience, Unnamed.CONNECTED)));
		this.lottery = begun;
		return begun;
	}

	@Override
	public void close() {
		this.central.close();
	}

	/** Closing it waits until nobody is connected, so that the next one is left alone. */
	final class Lottery implements AutoCloseable {

		private final Path directory;

		private final BetStore store;

		private final BetDesk desk;

		private final DrawCoordinator draw;

		private Lottery(Path directory, BetStore store, BetDesk desk, DrawCoordinator draw) {
			this.directory = directory;
			this.store = store;
			this.desk = desk;
			this.draw = draw;
		}

		int finished() {
			return this.draw.finished();
		}

		/** What is in bets.csv. */
		String bets() throws IOException {
			// waits until the rows of all that is answered are there
			this.store.fingerprint(1);
			return Files.readString(this.directory.resolve("bets.csv"));
		}

		@Override
		public void close() {
			this.draw.stop();
			Awaitility.await("all connections closed")
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(2))
				.atMost(PATIENCE)
				.until(() -> Dialects.all().stream().map(Dialect::name).allMatch(this::isLeft));
			ChangingLottery.this.lottery = null;
			this.store.close();
		}

		private boolean isLeft(String dialect) {
			return ChangingLottery.this.central.openConnections(dialect) == 0;
		}

	}

}
