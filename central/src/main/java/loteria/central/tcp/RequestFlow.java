package loteria.central.tcp;

import java.util.List;

import loteria.central.CentralSettings;
import loteria.central.lottery.BetDesk;
import loteria.central.lottery.DrawCoordinator;
import loteria.central.tcp.Burst.Destination;
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
 * The way of a request, the same for every listener: from {@value #REQUESTS} by what it
 * asks to who answers, and the replies back. A fault of ours takes the other way, through
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
	OpenConnections openConnections(CentralSettings settings) {
		return new OpenConnections(settings.connections());
	}

	@Bean
	IntegrationFlow answerRequests(BetDesk desk, DrawCoordinator draw) {
		return IntegrationFlow.from(REQUESTS)
			.<Burst, Destination>route(Burst::destination, (to) -> to
				.subFlowMapping(Destination.BETS,
						(flow) -> flow.handle(Burst.class,
								(burst, headers) -> desk.store(burst.batches(), burst.sequence())))
				.subFlowMapping(Destination.DRAW,
						(flow) -> flow.handle(Burst.class, (burst, headers) -> List.of(draw(draw, burst))))
				.subFlowMapping(Destination.CONVERSATION,
						(flow) -> flow.handle(Burst.class, (burst, headers) -> List.of(converse(desk, burst.first())))))
			.get();
	}

	@Bean
	IntegrationFlow answerFaults() {
		return IntegrationFlow.from(FAULTS).handle(Exception.class, (fault, headers) -> {
			Throwable cause = (fault instanceof MessagingException messaging) ? messaging.getMostSpecificCause()
					: fault;
			log.error("action: handle_request | result: fail | error: {}", cause.toString(), fault);
			return List.<Reply>of(new Reply.Refused(new Refusal(Reason.FAULT, cause.toString())));
		}).get();
	}

	private static Reply draw(DrawCoordinator draw, Burst burst) {
		Request request = burst.first();
		return switch (request) {
			case Request.CloseAgency close -> draw.close(close, () -> burst.log().finished(request));
			case Request.AwaitWinners await -> draw.await(await, () -> burst.log().finished(request));
			case Request.FindWinners find -> draw.find(find);
			case Request.StoreBets _, Request.Greeting _, Request.Check _, Request.Echo _, Request.Disconnect _,
					Request.Unacceptable _, Request.Garbage _ ->
				throw new IllegalArgumentException("not about the draw: " + request);
		};
	}

	private static Reply converse(BetDesk desk, Request request) {
		return switch (request) {
			case Request.Greeting greeting -> desk.greet(greeting);
			case Request.Check check -> desk.check(check);
			case Request.Echo(String text) -> new Reply.Echoed(text);
			case Request.Disconnect _ -> new Reply.Silence();
			case Request.Unacceptable(Refusal refusal) -> new Reply.Refused(refusal);
			case Request.Garbage(Refusal refusal) -> new Reply.Refused(refusal);
			case Request.StoreBets _, Request.CloseAgency _, Request.AwaitWinners _, Request.FindWinners _ ->
				throw new IllegalArgumentException("not about the conversation: " + request);
		};
	}

}
