package loteria.central.ops;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import loteria.central.lottery.Attendance;
import loteria.central.lottery.DrawCoordinator;
import loteria.central.lottery.FirstAgencies;
import loteria.central.store.BetStore;
import loteria.central.store.StoreHealth;
import loteria.central.tcp.ListenerLifecycle;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each part of the health that is down says why.
 */
class LotteryHealthTests {

	private static final FirstAgencies NONE = new FirstAgencies(List.of(), 0);

	private final LotteryHealth health = new LotteryHealth();

	@Test
	void listenersNameThoseThatNobodyListensFor() {
		ListenerLifecycle listeners = Mockito.mock();
		Mockito.when(listeners.ports()).thenReturn(new TreeMap<>(Map.of("csv", 12347, "tlv", 12349)));
		assertUp(this.health.listeners(listeners));
		Mockito.when(listeners.deaf()).thenReturn(List.of("csv", "tlv"));
		assertDown(this.health.listeners(listeners), "nobody listens for csv, tlv");
	}

	@Test
	void theStoreSaysWhatIsWrongWithIt() {
		BetStore store = Mockito.mock();
		Mockito.when(store.health()).thenReturn(new StoreHealth(null, Map.of("path", "/store")));
		assertUp(this.health.store(store));
		Mockito.when(store.health())
			.thenReturn(
					new StoreHealth(new Refusal(Reason.STORE_FULL, "no room for bets.csv"), Map.of("path", "/store")));
		assertDown(this.health.store(store), "no room for bets.csv");
	}

	@Test
	void theDrawSaysWhyItCouldNotBeMade() {
		DrawCoordinator draw = Mockito.mock();
		Mockito.when(draw.attendance()).thenReturn(new Attendance(NONE, 0, NONE, NONE));
		assertUp(this.health.draw(draw));
		Mockito.when(draw.failure()).thenReturn("the record of the draw can't be written");
		assertDown(this.health.draw(draw), "the record of the draw can't be written");
	}

	private static void assertUp(HealthIndicator indicator) {
		Health health = indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).doesNotContainKey("reason");
	}

	private static void assertDown(HealthIndicator indicator, String reason) {
		Health health = indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("reason", reason);
	}

}
