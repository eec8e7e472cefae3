package loteria.protocol.lines;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

import loteria.bet.BetRules;
import loteria.bet.InvalidBet;
import loteria.bet.Texts;
import loteria.protocol.BatchDecoder;
import loteria.protocol.Fields;
import loteria.protocol.Inbound;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import loteria.protocol.ServerCodec;
import org.jspecify.annotations.Nullable;

/**
 * The central's side of {@code lines}. Whatever two lines say, the next message begins
 * after them, so the connection goes on after every refusal but that of a message too
 * long to be read.
 */
final class LinesServer implements ServerCodec {

	private final BatchDecoder batch;

	private final int maxMessage;

	/** Where the header of the message at the front ends, once it does. */
	private int headerEnd = -1;

	LinesServer(BetRules rules, int maxMessage) {
		this.batch = new BatchDecoder(rules);
		this.maxMessage = maxMessage;
	}

	@Override
	public @Nullable Request decode(Inbound in) {
		if (this.headerEnd < 0) {
			this.headerEnd = in.indexOf(Lines.LINE_END, 0);
		}
		int bodyEnd = (this.headerEnd < 0) ? -1 : in.indexOf(Lines.LINE_END, this.headerEnd + 1);
		int length = (bodyEnd < 0) ? in.available() : bodyEnd + 1;
		if (length > this.maxMessage) {
			return new Request.Garbage(new Refusal(Reason.TOO_LONG, "a message of over " + this.maxMessage + " bytes"));
		}
		if (bodyEnd < 0) {
			return null;
		}
		String header = in.text(0, this.headerEnd);
		String body = in.text(this.headerEnd + 1, bodyEnd - this.headerEnd - 1);
		in.skip(length);
		this.headerEnd = -1;
		if (header == null || body == null) {
			return unacceptable(Reason.NOT_UTF8, (header == null) ? "the header" : "the body");
		}
		return decode(header, body);
	}

	private Request decode(String headerLine, String bodyLine) {
		String header = Fields.withoutReturn(headerLine);
		String body = Fields.withoutReturn(bodyLine);
		if (header.startsWith(Lines.STORE)) {
			return storeBets(header.substring(Lines.STORE.length()), body);
		}
		return switch (header) {
			case Lines.FINISH -> Lines.FINISHED.equals(body) ? new Request.AwaitWinners(this.batch.agency())
					: unacceptable(Reason.MALFORMED, "body of F:1 is \"" + InvalidBet.printable(body) + "\"");
			// header and body, so that both come back with the line ends they came with
			case Lines.ECHO -> new Request.Echo(headerLine + (char) Lines.LINE_END + bodyLine);
			case Lines.GREET -> this.batch.of(body, (agency) -> {
				this.batch.belongsTo(agency);
				return new Request.Greeting(agency);
			});
			case Lines.CHECK -> this.batch.of(body, Request.Check::new);
			default -> unacceptable(Reason.UNKNOWN_MESSAGE, "header \"" + InvalidBet.printable(header) + "\"");
		};
	}

	private Request storeBets(String count, String body) {
		long expected = Texts.number(count, Lines.COUNT_DIGITS);
		if (expected < 1) {
			return unacceptable(Reason.WRONG_COUNT,
					"S:" + InvalidBet.printable(count) + " where a number of bets from 1 on belongs");
		}
		this.batch.begin();
		for (String bet : Fields.elements(body, Lines.BET_SEPARATOR)) {
			this.batch.add(Fields.split(bet, Lines.FIELD_SEPARATOR));
		}
		if (this.batch.size() != expected) {
			return unacceptable(Reason.WRONG_COUNT, "S:" + expected + " with " + this.batch.size() + " bets");
		}
		return this.batch.finish();
	}

	private static Request unacceptable(Reason reason, String detail) {
		return new Request.Unacceptable(new Refusal(reason, detail));
	}

	@Override
	public OptionalInt agency() {
		return this.batch.named();
	}

	@Override
	public After encode(Request request, Reply reply, OutputStream out) throws IOException {
		String message = switch (reply) {
			case Reply.Stored stored -> message(Lines.RESULT, Lines.OK);
			case Reply.Acknowledged acknowledged -> message(Lines.RESULT, Lines.OK);
			case Reply.Refused refused -> message(Lines.RESULT, Lines.FAIL);
			case Reply.NotReady notReady -> message(Lines.RESULT, Lines.FAIL);
			case Reply.Echoed echoed -> echoed.text() + (char) Lines.LINE_END;
			case Reply.Greeted greeted ->
				message(Lines.GREETING + greeted.stored(), greeted.closed() ? Lines.CLOSED : Lines.OPEN);
			case Reply.Checked checked -> message(Lines.CHECKING + checked.stored(), checked.sha256());
			case Reply.Winners winners -> message(Lines.WINNERS + winners.count(), (winners.count() == 0)
					? Lines.NO_WINNERS : String.join(String.valueOf(Lines.BET_SEPARATOR), winners.documents()));
			case Reply.Silence silence -> "";
		};
		out.write(message.getBytes(StandardCharsets.UTF_8));
		return (request instanceof Request.Garbage || reply instanceof Reply.Silence) ? After.CLOSE : After.GO_ON;
	}

	private static String message(String header, String body) {
		return header + (char) Lines.LINE_END + body + (char) Lines.LINE_END;
	}

}
