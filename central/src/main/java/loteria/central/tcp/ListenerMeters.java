package loteria.central.tcp;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import loteria.protocol.Refusal.Reason;
import loteria.tls.TlsFailure;

/**
 * What is counted of one dialect.
 */
final class ListenerMeters {

	private static final String TAG = "dialect";

	/** Few: there is a series for each, in each dialect. */
	private static final Duration[] BUCKETS = LongStream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
		.mapToObj(Duration::ofMillis)
		.toArray(Duration[]::new);

	private final String dialect;

	private final MeterRegistry registry;

	private final Counter bets;

	private final Counter batches;

	private final Counter connections;

	private final Timer answers;

	private final AtomicInteger open = new AtomicInteger();

	private final Map<Reason, Counter> refusals = new EnumMap<>(Reason.class);

	/** Of all dialects together. */
	private final Map<Limit, Counter> limits = new EnumMap<>(Limit.class);

	ListenerMeters(String dialect, MeterRegistry registry) {
		this.dialect = dialect;
		this.registry = registry;
		this.bets = Counter.builder("lottery.bets.stored")
			.description("Bets made durable and acknowledged")
			.baseUnit("bets")
			.tag(TAG, dialect)
			.register(registry);
		this.batches = Counter.builder("lottery.batches.stored")
			.description("Batches made durable and acknowledged")
			.baseUnit("batches")
			.tag(TAG, dialect)
			.register(registry);
		this.connections = Counter.builder("lottery.connections.accepted")
			.description("Connections accepted since the start")
			.baseUnit(BaseUnits.CONNECTIONS)
			.tag(TAG, dialect)
			.register(registry);
		this.answers = Timer.builder("lottery.answer")
			.description("From a batch understood, with those right behind it, to its answer handed over for sending")
			.tag(TAG, dialect)
			.serviceLevelObjectives(BUCKETS)
			.register(registry);
		Gauge.builder("lottery.connections.open", this.open, AtomicInteger::get)
			.description("Connections open now")
			.baseUnit(BaseUnits.CONNECTIONS)
			.tag(TAG, dialect)
			.register(registry);
		for (Limit limit : Limit.values()) {
			this.limits.put(limit,
					Counter.builder("lottery.limits.reached")
						.description("How often a peer came up against a limit")
						.baseUnit("times")
						.tag("limit", limit.tag())
						.register(registry));
		}
		for (Reason reason : Reason.values()) {
			this.refusals.put(reason,
					Counter.builder("lottery.refusals")
						.description("Requests refused, and connections that broke off")
						.baseUnit("refusals")
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
		this.refusals.get(reason).increment();
		Limit limit = Limit.of(reason);
		if (limit != null) {
			reached(limit);
		}
	}

	void reached(Limit limit) {
		this.limits.get(limit).increment();
	}

	void answered(long nanos) {
		this.answers.record(nanos, TimeUnit.NANOSECONDS);
	}

	void noHandshake(TlsFailure.Kind kind) {
		Counter.builder("lottery.handshakes.failed")
			.description("Connections that TLS did not come about on")
			.tag(TAG, this.dialect)
			.tag("reason", kind.tag())
			.register(this.registry)
			.increment();
	}

	void opened() {
		this.connections.increment();
		this.open.incrementAndGet();
	}

	void closed() {
		this.open.decrementAndGet();
	}

}
