package loteria.central.tcp;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import loteria.central.lottery.BetDesk;
import loteria.central.lottery.DrawCoordinator;
import loteria.central.settings.Connections;
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

	/** An agency's batches keep their rate however many connections bring them. */
	private static final Duration UNTIL_PAID = Duration.ofHours(1);

	/**
	 * Longer, and whoever is behind the same address would pay for an attack that is
	 * over.
	 */
	private static final Duration FOR_NO_BETS = Duration.ofSeconds(5);

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
	LogRate logRate() {
		return new LogRate();
	}

	@Bean
	DialectMeters dialectMeters(MeterRegistry registry) {
		return new DialectMeters(registry);
	}

	@Bean
	IntegrationFlow answerRequests(BetDesk desk, DrawCoordinator draw, OpenConnections open) {
		Connections limits = open.limits();
		Rate<Integer> batches = new Rate<>(limits.batchRate(), UNTIL_PAID);
		Rate<String> requests = new Rate<>(limits.requestRate(), FOR_NO_BETS);
		Rate<String> refusals = new Rate<>(limits.refusalRate(), FOR_NO_BETS);
		return IntegrationFlow.from(REQUESTS).handle(Burst.class, (burst, headers) -> {
			List<Reply> replies = answer(burst, desk, draw, batches);
			int withoutBets = count(replies, RequestFlow::bringsNoBets);
			if (withoutBets > 0) {
				pause(burst, Limit.REQUEST_RATE, requests, withoutBets);
				pause(burst, Limit.REFUSAL_RATE, refusals, count(replies, RequestFlow::isOfNonsense));
			}
			return replies;
		}).get();
	}

	/** Without a stream: every burst of bets comes by. */
	private static int count(List<Reply> replies, Predicate<Reply> which) {
		int count = 0;
		for (Reply reply : replies) {
			count += which.test(reply) ? 1 : 0;
		}
		return count;
	}

	private static boolean bringsNoBets(Reply reply) {
		return !(reply instanceof Reply.Stored(int bets) && bets > 0);
	}

	private static boolean isOfNonsense(Reply reply) {
		return reply instanceof Reply.Refused(Refusal refusal) && refusal.reason().liesInTheBytes();
	}

	/**
	 * Reads on only after a while from a peer whose address asks too often for what
	 * brings no bets: all of it costs processor time that the others would have had.
	 */
	private static void pause(Burst burst, Limit limit, Rate<String> rate, int times) {
		Duration time = rate.toWait(burst.address(), times, System.nanoTime());
		if (time.isPositive()) {
			burst.log().heldUp(limit);
			burst.pause(time);
		}
	}

	/** What every request means. */
	static List<Reply> answer(Burst burst, BetDesk desk, DrawCoordinator draw, Rate<Integer> rate) {
		Request first = burst.first();
		Refusal forbidden = Permission.refusal(burst);
		if (forbidden != null) {
			return Collections.nCopies(burst.requests().size(), new Reply.Refused(forbidden));
		}
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
		return draw.await(await, new WaitingPeer(burst, await));
	}

	private static List<Reply> store(Burst burst, BetDesk desk, Rate<Integer> rate) {
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
