package loteria.central.tcp;

import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import loteria.central.lottery.BetDesk;
import loteria.central.lottery.DrawCoordinator;
import loteria.central.lottery.Finisher;
import loteria.central.lottery.KnownAgencies;
import loteria.central.settings.CentralSettings;
import loteria.central.store.StoreAwayException;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.messaging.MessagingException;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * The way of a request, the same for every listener: from {@value #REQUESTS} to who
 * answers, and the replies back. A fault of ours takes the other way, through
 * {@value #FAULTS}: it is logged, and the connection closes without an answer, as nobody
 * knows what it came after.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@Import(ListenerBeans.class)
class RequestFlow {

	static final String REQUESTS = "requests";

	static final String FAULTS = "faults";

	private static final Logger log = LoggerFactory.getLogger(RequestFlow.class);

	@Bean
	OpenConnections openConnections(Capacity capacity, MeterRegistry registry) {
		OpenConnections open = new OpenConnections(capacity);
		Gauge.builder("lottery.messages.unfinished", open.memory(), MessageMemory::unfinished)
			.description("Memory that messages take of which not all has arrived")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		Gauge.builder("lottery.messages.answering", open.memory(), MessageMemory::answering)
			.description("Memory that messages take that are being answered")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		Gauge.builder("lottery.connections.max", open, (all) -> all.limits().max())
			.description("Connections that may be open at once, over all dialects")
			.baseUnit(BaseUnits.CONNECTIONS)
			.register(registry);
		return open;
	}

	@Bean
	LogRate logRate(CentralSettings settings) {
		return new LogRate(settings.log().storedRate());
	}

	@Bean
	Presence presence(KnownAgencies known, Clock clock) {
		return new Presence(known::takesPart, clock);
	}

	@Bean
	IntegrationFlow answerRequests(BetDesk desk, DrawCoordinator draw, OpenConnections open) {
		Rate batches = new Rate(open.limits().batchRate());
		return IntegrationFlow.from(REQUESTS)
			.handle(Burst.class, (burst, headers) -> answer(burst, desk, draw, batches))
			.get();
	}

	/** What every request means. */
	static List<Reply> answer(Burst burst, BetDesk desk, DrawCoordinator draw, Rate rate) {
		Request first = burst.first();
		Refusal forbidden = Permission.refusal(burst);
		if (forbidden != null) {
			return Collections.nCopies(burst.requests().size(), new Reply.Refused(forbidden));
		}
		burst.log().heard(first);
		return switch (first) {
			case Request.StoreBets _ -> store(burst, desk, rate);
			case Request.CloseAgency close -> List.of(draw.close(close, () -> burst.log().finished(first)));
			case Request.AwaitWinners await -> List.of(await(burst, Permission.named(await, burst.speaker()), draw));
			case Request.FindWinners find -> List.of(draw.find(find));
			case Request.Greeting greeting -> List.of(desk.greet(greeting));
			case Request.Check check -> List.of(desk.check(check));
			case Request.Echo(String text) -> List.of(new Reply.Echoed(text));
			case Request.Disconnect _ -> List.of(new Reply.Silence());
			case Request.Unacceptable(Refusal refusal) -> List.of(new Reply.Refused(refusal));
			case Request.Garbage(Refusal refusal) -> List.of(new Reply.Refused(refusal));
		};
	}

	private static Reply await(Burst burst, Request.AwaitWinners await, DrawCoordinator draw) {
		return draw.await(await, new Finisher() {

			@Override
			public void finished() {
				burst.log().finished(await);
			}

			@Override
			public boolean isThere(Duration look) {
				return burst.session().reader().isThere(look);
			}

			@Override
			public String origin() {
				return burst.session().address();
			}

		});
	}

	private static List<Reply> store(Burst burst, BetDesk desk, Rate rate) {
		List<Request.StoreBets> batches = burst.batches();
		int agency = batches.getLast().rows().agency();
		Duration wait = rate.toWait(agency, (agency == 0) ? 0 : batches.size(), System.nanoTime());
		if (wait.isPositive()) {
			burst.log().heldUp(Limit.BATCH_RATE);
			LockSupport.parkNanos(wait.toNanos());
		}
		return desk.store(batches, burst.sequence());
	}

	@Bean
	IntegrationFlow answerFaults() {
		return IntegrationFlow.from(FAULTS).handle(Throwable.class, (fault, headers) -> {
			for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
				if (cause instanceof StoreAwayException) {
					log.warn("action: handle_request | result: fail | error: {}", cause.getMessage());
					return fault(cause);
				}
			}
			Throwable cause = (fault instanceof MessagingException messaging) ? messaging.getMostSpecificCause()
					: fault;
			log.error("action: handle_request | result: fail | error: {}", cause.toString(), cause);
			return fault(cause);
		}).get();
	}

	private static List<Reply> fault(Throwable cause) {
		return List.of(new Reply.Refused(new Refusal(Reason.FAULT, cause.toString())));
	}

}
