package loteria.central.tcp;

import java.time.Duration;

import loteria.central.lottery.Finisher;
import loteria.protocol.Request;

/**
 * The peer of a connection that waits for the draw.
 */
record WaitingPeer(Burst burst, Request.AwaitWinners request) implements Finisher {

	@Override
	public void finished() {
		this.burst.log().finished(this.request);
	}

	@Override
	public boolean isThere(Duration look) {
		return this.burst.session().reader().isThere(look);
	}

	@Override
	public String origin() {
		return this.burst.session().address();
	}

}
