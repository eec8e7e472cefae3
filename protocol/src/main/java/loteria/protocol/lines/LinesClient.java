package loteria.protocol.lines;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import loteria.bet.Bet;
import loteria.bet.DocumentList;
import loteria.bet.InvalidBet;
import loteria.bet.Texts;
import loteria.protocol.ClientCodec;
import loteria.protocol.ClientRequest;
import loteria.protocol.Fields;
import loteria.protocol.Inbound;
import loteria.protocol.LineFraming;
import loteria.protocol.ProtocolException;
import loteria.protocol.Refusal;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import org.jspecify.annotations.Nullable;

/**
 * The agency's side of {@code lines}. A central that does not know the greeting or the
 * check answers it with {@link Reply.Refused}.
 */
final class LinesClient implements ClientCodec {

	private static final String EXPECTED = "two lines that answer the request";

	/** {@code S:}, the count and two line ends. */
	private static final int OVERHEAD = 2 + Lines.COUNT_DIGITS + 2;

	@Override
	public void encode(ClientRequest request, OutputStream out) throws IOException {
		StringBuilder message = new StringBuilder();
		switch (request) {
			case ClientRequest.StoreBets(int agency, List<Bet> bets) -> appendBets(message, bets);
			case Request.AwaitWinners await -> append(message, Lines.FINISH, Lines.FINISHED);
			case Request.Greeting(int agency) -> append(message, Lines.GREET, Integer.toString(agency));
			case Request.Check(int agency) -> append(message, Lines.CHECK, Integer.toString(agency));
			case Request.Echo(String text) -> append(message, Lines.ECHO, text);
			default -> throw ClientCodec.unknown(Lines.NAME, request);
		}
		out.write(message.toString().getBytes(StandardCharsets.UTF_8));
	}

	private static void appendBets(StringBuilder message, List<Bet> bets) {
		message.append(Lines.STORE).append(bets.size());
		char before = LineFraming.LINE_END;
		for (Bet bet : bets) {
			message.append(before);
			Fields.append(message, bet, Lines.FIELD_SEPARATOR);
			before = Lines.BET_SEPARATOR;
		}
		message.append(LineFraming.LINE_END);
	}

	private static void append(StringBuilder message, String header, String body) {
		message.append(header).append(LineFraming.LINE_END).append(body).append(LineFraming.LINE_END);
	}

	@Override
	public @Nullable Reply decode(ClientRequest request, Inbound in) throws ProtocolException {
		int headerEnd = in.indexOf((byte) LineFraming.LINE_END, 0);
		int bodyEnd = (headerEnd < 0) ? -1 : in.indexOf((byte) LineFraming.LINE_END, headerEnd + 1);
		if (bodyEnd < 0) {
			return null;
		}
		String header = in.text(0, headerEnd);
		String body = in.text(headerEnd + 1, bodyEnd - headerEnd - 1);
		Reply reply = (header == null || body == null) ? null : reply(request, Fields.withoutReturn(header), body);
		if (reply == null) {
			throw new ProtocolException(Lines.NAME, EXPECTED, in);
		}
		in.skip(bodyEnd + 1);
		return reply;
	}

	private static @Nullable Reply reply(ClientRequest request, String header, String bodyLine) {
		String body = Fields.withoutReturn(bodyLine);
		if (header.equals(Lines.RESULT) && body.equals(Lines.FAIL)) {
			return new Reply.Refused(Refusal.UNSAID);
		}
		return switch (request) {
			case ClientRequest.StoreBets(int agency, List<Bet> bets) ->
				(header.equals(Lines.RESULT) && body.equals(Lines.OK)) ? new Reply.Stored(bets.size()) : null;
			case Request.AwaitWinners _ ->
				header.startsWith(Lines.WINNERS) ? winners(count(header, Lines.WINNERS), body) : null;
			case Request.Greeting _ ->
				header.startsWith(Lines.GREETING) ? greeted(count(header, Lines.GREETING), body) : null;
			case Request.Check _ ->
				header.startsWith(Lines.CHECKING) ? checked(count(header, Lines.CHECKING), body) : null;
			case Request.Echo _ -> header.equals(Lines.ECHO) ? new Reply.Echoed(bodyLine) : null;
			default -> null;
		};
	}

	private static long count(String header, String prefix) {
		return Texts.number(header.substring(prefix.length()), Lines.COUNT_DIGITS);
	}

	private static @Nullable Reply winners(long count, String body) {
		if (count == 0 && body.equals(Lines.NO_WINNERS)) {
			return new Reply.Winners(List.of());
		}
		DocumentList documents = Fields.documents(Fields.split(body, Lines.BET_SEPARATOR));
		return (documents != null && documents.count() == count) ? new Reply.Winners(documents) : null;
	}

	private static @Nullable Reply greeted(long stored, String body) {
		boolean closed = body.equals(Lines.CLOSED);
		return (stored >= 0 && (closed || body.equals(Lines.OPEN))) ? new Reply.Greeted(stored, closed) : null;
	}

	private static @Nullable Reply checked(long stored, String body) {
		return (stored >= 0 && body.length() == Lines.SHA256_DIGITS
				&& body.chars().allMatch((c) -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
						? new Reply.Checked(stored, body) : null;
	}

	@Override
	public @Nullable InvalidBet refusal(Bet bet) {
		return Fields.without(bet, Lines.NAME, "" + Lines.FIELD_SEPARATOR + Lines.BET_SEPARATOR);
	}

	@Override
	public int size(Bet bet) {
		return Fields.size(bet);
	}

	@Override
	public int overhead() {
		return OVERHEAD;
	}

}
