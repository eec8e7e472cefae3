package loteria.central.tcp;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import loteria.protocol.Refusal.Reason;

/**
 * What is counted of one dialect.
 */
final class ListenerMeters {

	private static final String TAG = "dialect";

	private final String dialect;

	private final Counter bets;

	private final Counter batches;

	private final Counter connections;

	private final AtomicInteger open = new AtomicInteger();

	private final Map<Reason, Counter> refusals = new EnumMap<>(Reason.class);

	ListenerMeters(String dialect, MeterRegistry registry) {
		this.dialect = dialect;
		this.bets = Counter.builder("lottery.bets.stored")
			.description("Bets made durable and acknowledged")
			.tag(TAG, dialect)
			.register(registry);
		this.batches = Counter.builder("lottery.batches.stored")
			.description("Batches made durable and acknowledged")
			.tag(TAG, dialect)
			.register(registry);
		this.connections = Counter.builder("lottery.connections.accepted")
			.description("Connections accepted since the start")
			.tag(TAG, dialect)
			.register(registry);
		Gauge.builder("lottery.connections.open", this.open, AtomicInteger::get)
			.description("Connections open now")
			.tag(TAG, dialect)
			.register(registry);
		for (Reason reason : Reason.values()) {
			this.refusals.put(reason,
					Counter.builder("lottery.refusals")
						.description("Requests refused, and connections that broke off")
						.tag(TAG, dialect)
						.tag("reason", reason.tag())
						.register(registry));
		}
	}

	String dialect() {
		return this.dialect;
	}

	void stored(int count) {
		this.bets.increment(count);
		this.batches.increment();
	}

	void refused(Reason reason) {
		Objects.requireNonNull(this.refusals.get(reason)).increment();
	}

	void opened() {
		this.connections.increment();
		this.open.incrementAndGet();
	}

	void closed() {
		this.open.decrementAndGet();
	}

}
