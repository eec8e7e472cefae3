package loteria.protocol.lines;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

import loteria.bet.BetRules;
import loteria.bet.Documents;
import loteria.bet.InvalidBet;
import loteria.bytes.Slice;
import loteria.protocol.BatchDecoder;
import loteria.protocol.Inbound;
import loteria.protocol.LineFraming;
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

	private final LineFraming framing;

	LinesServer(BetRules rules, int maxMessage) {
		this.batch = new BatchDecoder(rules);
		this.framing = new LineFraming("a message", 2, maxMessage);
	}

	@Override
	public @Nullable Request decode(Inbound in) {
		return this.framing.decode(in, this::decode);
	}

	private Request decode(Slice message) {
		int headerEnd = message.find(LineFraming.LINE_END);
		Slice headerLine = message.upTo(headerEnd);
		Slice bodyLine = message.after(headerEnd + 1);
		if (!message.isUtf8()) {
			return unacceptable(Reason.NOT_UTF8, headerLine.isUtf8() ? "the body" : "the header");
		}
		Slice header = headerLine.without(LineFraming.RETURN);
		Slice body = bodyLine.without(LineFraming.RETURN);
		if (header.startsWith(Lines.STORE)) {
			return storeBets(header.after(header.from() + Lines.STORE.length()), body);
		}
		if (header.is(Lines.FINISH)) {
			return body.is(Lines.FINISHED) ? new Request.AwaitWinners(this.batch.agency())
					: unacceptable(Reason.MALFORMED, "body of F:1 is \"" + InvalidBet.printable(body.excerpt()) + "\"");
		}
		if (header.is(Lines.ECHO)) {
			// header and body, so that both come back with the line ends they came with
			return new Request.Echo(message.text());
		}
		if (header.is(Lines.GREET)) {
			return this.batch.of(body, (agency) -> {
				this.batch.belongsTo(agency);
				return new Request.Greeting(agency);
			});
		}
		if (header.is(Lines.CHECK)) {
			return this.batch.of(body, Request.Check::new);
		}
		return unacceptable(Reason.UNKNOWN_MESSAGE, "header \"" + InvalidBet.printable(header.excerpt()) + "\"");
	}

	private Request storeBets(Slice count, Slice body) {
		long expected = count.number(Lines.COUNT_DIGITS);
		if (expected < 1) {
			return unacceptable(Reason.WRONG_COUNT,
					"S:\"" + InvalidBet.printable(count.excerpt()) + "\" where a number of bets from 1 on belongs");
		}
		this.batch.begin(body.length());
		this.batch.addAll(body, Lines.BET_SEPARATOR, Lines.FIELD_SEPARATOR);
		if (this.batch.size() != expected) {
			int bets = this.batch.size();
			this.batch.forget();
			return unacceptable(Reason.WRONG_COUNT, "S:" + expected + " with " + bets + " bets");
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
		if (reply instanceof Reply.Winners(long count, Documents documents) && count > 0) {
			write(Lines.WINNERS + count + LineFraming.LINE_END, out);
			documents.write(String.valueOf(Lines.BET_SEPARATOR), out);
			write(String.valueOf(LineFraming.LINE_END), out);
			return After.GO_ON;
		}
		String message = switch (reply) {
			case Reply.Stored stored -> message(Lines.RESULT, Lines.OK);
			case Reply.Acknowledged acknowledged -> message(Lines.RESULT, Lines.OK);
			case Reply.Refused refused -> message(Lines.RESULT, Lines.FAIL);
			case Reply.NotReady notReady -> message(Lines.RESULT, Lines.FAIL);
			case Reply.Echoed echoed -> echoed.text() + LineFraming.LINE_END;
			case Reply.Greeted greeted ->
				message(Lines.GREETING + greeted.stored(), greeted.closed() ? Lines.CLOSED : Lines.OPEN);
			case Reply.Checked checked -> message(Lines.CHECKING + checked.stored(), checked.sha256());
			case Reply.Winners none -> message(Lines.WINNERS + none.count(), Lines.NO_WINNERS);
			case Reply.Silence silence -> "";
		};
		write(message, out);
		return (request instanceof Request.Garbage || reply instanceof Reply.Silence) ? After.CLOSE : After.GO_ON;
	}

	private static void write(String text, OutputStream out) throws IOException {
		out.write(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String message(String header, String body) {
		return header + LineFraming.LINE_END + body + LineFraming.LINE_END;
	}

}
