package loteria.agency.sending;

import java.io.IOException;

import loteria.agency.ending.Failure;
import loteria.agency.tcp.Central;
import loteria.protocol.ClientRequest;
import loteria.protocol.Refusal;
import loteria.protocol.Reply;
import org.jspecify.annotations.Nullable;

/**
 * A question that not every central understands: finds out, the first time, whether it
 * can be asked at all.
 */
final class Extension {

	private final String name;

	private final ClientRequest question;

	private final Central central;

	private Answer expected;

	private boolean hungUpBefore;

	/**
	 * @param name for the log
	 * @param inDialect whether the dialect has it
	 */
	Extension(String name, ClientRequest question, Central central, boolean inDialect) {
		this.name = name;
		this.question = question;
		this.central = central;
		this.expected = inDialect ? Answer.UNKNOWN : Answer.NONE;
	}

	/** Whether the central has answered, and will again. */
	boolean isUnderstood() {
		return this.expected == Answer.SOME;
	}

	/** Whether there is no use in asking. */
	boolean isHopeless() {
		return this.expected == Answer.NONE;
	}

	/**
	 * A central that understood before and now refuses is in trouble, and asked again
	 * later. So is, once, one that hangs up: it may be about to stop, and understand when
	 * it is back.
	 * @return the answer, or null if the central does not know the question, or the
	 * dialect
	 */
	@Nullable Reply ask() throws IOException, Failure {
		if (isHopeless()) {
			return null;
		}
		Reply reply = this.central.ask(this.question, Central.REPLY_LIMIT);
		if (!(reply instanceof Reply.Refused(Refusal refusal))) {
			this.expected = Answer.SOME;
			return reply;
		}
		boolean hungUp = this.central.hangsUp();
		if (isUnderstood() || (hungUp && !this.hungUpBefore)) {
			this.hungUpBefore = true;
			this.central.close();
			throw new IOException(this.name + " refused, " + refusal);
		}
		this.expected = Answer.NONE;
		return null;
	}

	/**
	 * What the question brings.
	 */
	private enum Answer {

		UNKNOWN, SOME, NONE

	}

}
