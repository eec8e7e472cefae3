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
 * @param session of the connection
 */
record Burst(List<Request> requests, Sequence sequence, Session session) {

	Request first() {
		return this.requests.getFirst();
	}

	/** A library that prints a message prints this. */
	@Override
	public String toString() {
		return this.requests.size() + " requests";
	}

	/** All of them, where the first is a batch. */
	List<Request.StoreBets> batches() {
		return this.requests.stream().map(Request.StoreBets.class::cast).toList();
	}

	/** The agencies that the connection may speak for. */
	Speaker speaker() {
		return this.session.speaker();
	}

	ConnectionLog log() {
		return this.session.log();
	}

}
