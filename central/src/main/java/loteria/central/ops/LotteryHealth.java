package loteria.central.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import loteria.central.lottery.Attendance;
import loteria.central.lottery.DrawCoordinator;
import loteria.central.store.BetStore;
import loteria.central.tcp.ListenerLifecycle;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Health and gauges of the lottery.
 */
@Configuration(proxyBeanMethods = false)
class LotteryHealth {

	@Bean
	HealthIndicator listeners(ListenerLifecycle listeners) {
		return () -> (listeners.areListening() ? Health.up() : Health.down()).build();
	}

	@Bean
	HealthIndicator store(BetStore store) {
		return () -> (store.isWritable() ? Health.up() : Health.down()).build();
	}

	@Bean
	HealthIndicator draw(DrawCoordinator draw) {
		return () -> {
			Attendance attendance = draw.attendance();
			Health.Builder health = Health.up()
				.withDetail("agenciesFinished", draw.expected() - draw.pending())
				.withDetail("agenciesExpected", draw.expected())
				.withDetail("drawn", draw.hasDrawn())
				.withDetail("finished", attendance.finished())
				.withDetail("sentWithoutFinishing", attendance.sending());
			return (draw.expectsListed() ? health.withDetail("missing", attendance.missing()) : health).build();
		};
	}

	@Bean
	Gauge agenciesPending(MeterRegistry registry, DrawCoordinator draw) {
		return Gauge.builder("lottery.agencies.pending", draw, DrawCoordinator::pending)
			.description("Agencies that the draw still waits for")
			.register(registry);
	}

}
