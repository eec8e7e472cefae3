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

	/** A library that prints a message prints this. */
	@Override
	public String toString() {
		return this.requests.size() + " requests";
	}

	/** All of them, where the first is a batch. */
	List<Request.StoreBets> batches() {
		return this.requests.stream().map(Request.StoreBets.class::cast).toList();
	}

}
