package loteria.central.ops;

import java.util.List;

import loteria.central.lottery.Attendance;
import loteria.central.lottery.DrawCoordinator;
import loteria.central.store.BetStore;
import loteria.central.store.StoreHealth;
import loteria.central.tcp.ListenerLifecycle;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Health of the lottery: each part with the reason where it is down.
 */
@Configuration(proxyBeanMethods = false)
class LotteryHealth {

	@Bean
	HealthIndicator listeners(ListenerLifecycle listeners) {
		return () -> {
			List<String> deaf = listeners.deaf();
			return health(deaf.isEmpty() ? null : "nobody listens for " + String.join(", ", deaf))
				.withDetail("ports", listeners.ports())
				.build();
		};
	}

	@Bean
	HealthIndicator store(BetStore store) {
		return () -> {
			StoreHealth health = store.health();
			return health(health.problem()).withDetails(health.details()).build();
		};
	}

	@Bean
	HealthIndicator draw(DrawCoordinator draw) {
		return () -> {
			Attendance attendance = draw.attendance();
			Health.Builder health = health(draw.failure())
				.withDetail("agenciesFinished", draw.expected() - draw.pending())
				.withDetail("agenciesExpected", draw.expected())
				.withDetail("drawn", draw.hasDrawn())
				.withDetail("finished", attendance.finished())
				.withDetail("sentWithoutFinishing", attendance.sending());
			return (draw.expectsListed() ? health.withDetail("missing", attendance.missing()) : health).build();
		};
	}

	/**
	 * @param reason why it is down, or null if it is up
	 */
	private static Health.Builder health(@Nullable String reason) {
		return (reason == null) ? Health.up() : Health.down().withDetail("reason", reason);
	}

}
