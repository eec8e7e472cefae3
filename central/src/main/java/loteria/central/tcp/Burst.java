package loteria.central.tcp;

import java.util.List;

import loteria.central.store.Sequence;
import loteria.protocol.Request;

/**
 * What one connection asks in one go: a single request, or all the batches that had
 * arrived when the first was read. The payload of a message; answered by a list of
 * replies in the same order.
 *
 * @param sequence that batches belong to
 * @param log of the connection
 */
record Burst(List<Request> requests, Sequence sequence, ListenerLog log) {

	Request first() {
		return this.requests.getFirst();
	}

	/** The batches of a burst that {@linkplain #destination() goes} to the bet desk. */
	List<Request.StoreBets> batches() {
		return this.requests.stream().map(Request.StoreBets.class::cast).toList();
	}

	Destination destination() {
		return switch (first()) {
			case Request.StoreBets _ -> Destination.BETS;
			case Request.CloseAgency _, Request.AwaitWinners _, Request.FindWinners _ -> Destination.DRAW;
			case Request.Greeting _, Request.Check _, Request.Echo _, Request.Disconnect _, Request.Unacceptable _,
					Request.Garbage _ ->
				Destination.CONVERSATION;
		};
	}

	/**
	 * Who answers.
	 */
	enum Destination {

		BETS, DRAW, CONVERSATION

	}

}
