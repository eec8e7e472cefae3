package loteria.agency.sending;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;

import loteria.agency.ending.Failure;
import loteria.agency.ending.StopSwitch;
import loteria.agency.tcp.Central;
import loteria.agency.tcp.Patience;
import loteria.protocol.ClientRequest;
import loteria.protocol.Dialect.Finish;
import loteria.protocol.Refusal;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the bets, says that the agency has finished, and comes back with the winners.
 * Saying so twice counts once, and asking changes nothing: both are repeated after a lost
 * connection.
 */
public final class Finishing {

	private static final Logger log = LoggerFactory.getLogger(Finishing.class);

	private final int agency;

	private final BetSender sender;

	private final SkipLimit skipLimit;

	private final Tally tally;

	private final Central central;

	private final Patience patience;

	private final StopSwitch stop;

	private final DrawWait wait;

	private final Duration firstPause;

	private final Duration longestPause;

	/** Of the last wait, if it ended so. */
	private @Nullable Refusal refusal;

	/**
	 * @param firstPause before winners are asked for again; it doubles
	 */
	public Finishing(int agency, BetSender sender, SkipLimit skipLimit, Tally tally, Central central, Patience patience,
			StopSwitch stop, DrawWait wait, Duration firstPause, Duration longestPause) {
		this.agency = agency;
		this.sender = sender;
		this.skipLimit = skipLimit;
		this.tally = tally;
		this.central = central;
		this.patience = patience;
		this.stop = stop;
		this.wait = wait;
		this.firstPause = firstPause;
		this.longestPause = longestPause;
	}

	public Reply.Winners winners(Finish finish) throws Failure {
		Duration pause = this.firstPause;
		while (true) {
			this.sender.send();
			refuseTooManySkipped();
			requireFinished();
			long since = System.nanoTime();
			try {
				Reply.@Nullable Winners winners = switch (finish) {
					case AWAIT -> await();
					case CLOSE_THEN_AWAIT -> {
						if (close()) {
							// it knows, and is worth waiting for
							this.patience.reached();
						}
						yield await();
					}
					case CLOSE_THEN_ASK -> closeThenAsk();
				};
				if (winners != null) {
					return winners;
				}
				pause(pause);
				pause = longer(pause);
			}
			catch (IOException ex) {
				if (System.nanoTime() - since > Central.SOME_TIME.toNanos()) {
					this.patience.reached();
				}
				this.patience.pause(ex);
			}
		}
	}

	/** No longer than until something is to be said of the wait, or it is over. */
	private void pause(Duration pause) {
		Duration next = this.wait.next();
		this.stop.sleep((next.compareTo(pause) < 0) ? next : pause);
	}

	private Duration longer(Duration pause) {
		Duration twice = pause.multipliedBy(2);
		return (twice.compareTo(this.longestPause) < 0) ? twice : this.longestPause;
	}

	/**
	 * Where the central has refused to tell the winners, and says in the greeting that
	 * the agency has not finished, it is the finishing that it refuses.
	 */
	private void requireFinished() throws Failure {
		if (this.refusal != null && this.sender.resumes() && !this.sender.isClosed()) {
			throw refused(this.refusal);
		}
		this.refusal = null;
	}

	private void refuseTooManySkipped() throws Failure {
		if (!this.sender.isClosed() && !this.skipLimit.allows(this.tally.rows())) {
			throw this.skipLimit.beforeFinishing(this.tally.rows(), this.tally.durable(), this.sender.resumes());
		}
	}

	/** Returns whether the central has said that it knows. */
	private boolean close() throws IOException, Failure {
		Reply reply = this.central.ask(new Request.CloseAgency(this.agency), Central.REPLY_LIMIT);
		if (reply instanceof Reply.Refused(Refusal refusal)) {
			throw Failure.ofCentral("agency_close", "reason: " + Likely.reason(refusal, this.agency));
		}
		return reply instanceof Reply.Acknowledged;
	}

	/**
	 * @return the winners, or null if the central has refused or closed because the draw
	 * did not come within its own limit, or may have
	 */
	private Reply.@Nullable Winners await() throws IOException, Failure {
		this.wait.ask();
		long since = System.nanoTime();
		ClientRequest request = new Request.AwaitWinners(OptionalInt.of(this.agency));
		return switch (this.central.await(request, this.wait)) {
			case Reply.Winners winners -> winners;
			case Reply.Refused(Refusal refusal) -> {
				if (this.sender.resumes() && this.central.hangsUp()) {
					throw new IOException("the central refused and hung up, it may be stopping");
				}
				if (!this.sender.resumes() && System.nanoTime() - since < Central.SOME_TIME.toNanos()) {
					throw refused(refusal);
				}
				this.refusal = refusal;
				yield null;
			}
			case Reply.Silence _ -> {
				if (this.sender.resumes()) {
					throw new IOException("the central closed the connection without a reply, it may be stopping");
				}
				this.patience.reached();
				log.info("action: " + DrawWait.ACTION + " | result: in_progress | reason: the central closed the"
						+ " connection before the draw, as it does after its central.draw.timeout; asking again{}",
						this.central.isUnderstood() ? ""
								: " | hint: if it still does so when all agencies have finished,"
										+ " the port or the dialect may be wrong");
				yield null;
			}
			case Reply.NotReady _ -> throw Failure.ofCentral(DrawWait.ACTION, "reason: not drawn");
			case Reply.Stored _, Reply.Greeted _, Reply.Checked _, Reply.Echoed _, Reply.Acknowledged _ ->
				throw new IllegalStateException("no winners");
		};
	}

	private Failure refused(Refusal refusal) {
		return Failure.ofCentral(DrawWait.ACTION, "reason: " + Likely.reason(refusal, this.agency));
	}

	/**
	 * Where the word that the agency has finished may have been lost, it is said again,
	 * or the draw would wait for it for ever: with a connection, with a central that was
	 * out of reach meanwhile, or, where nothing answers it, unnoticed.
	 */
	private Reply.Winners closeThenAsk() throws Failure {
		Duration pause = this.firstPause;
		boolean closed = false;
		boolean acknowledged = false;
		long failures = 0;
		while (true) {
			try {
				if (!closed) {
					acknowledged = close();
					failures = this.patience.failures();
					closed = true;
				}
				this.wait.ask();
				switch (this.central.ask(new Request.FindWinners(this.agency), Central.REPLY_LIMIT)) {
					case Reply.Winners winners -> {
						return winners;
					}
					case Reply.NotReady _ -> this.patience.progress();
					case Reply.Refused(Refusal refusal) -> throw refused(refusal);
					case Reply.Stored _, Reply.Greeted _, Reply.Checked _, Reply.Echoed _, Reply.Acknowledged _,
							Reply.Silence _ ->
						throw new IllegalStateException("no winners");
				}
				log.debug("action: " + DrawWait.ACTION + " | result: in_progress | next_attempt_ms: {}",
						pause.toMillis());
				pause(pause);
				boolean slow = pause.compareTo(this.longestPause) >= 0;
				closed = acknowledged || (!slow && failures == this.patience.failures());
				pause = longer(pause);
			}
			catch (IOException ex) {
				closed = false;
				this.patience.pause(ex);
			}
		}
	}

}
