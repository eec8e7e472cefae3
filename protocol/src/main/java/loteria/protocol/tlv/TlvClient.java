package loteria.protocol.tlv;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

import loteria.bet.Bet;
import loteria.bet.DocumentList;
import loteria.bet.InvalidBet;
import loteria.protocol.ClientCodec;
import loteria.protocol.ClientRequest;
import loteria.protocol.Fields;
import loteria.protocol.Inbound;
import loteria.protocol.LengthFraming;
import loteria.protocol.ProtocolException;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import org.jspecify.annotations.Nullable;

/**
 * The agency's side of {@code tlv}.
 */
final class TlvClient implements ClientCodec {

	private static final String EXPECTED = "a frame that answers the request";

	/** Characters of an error's message that an agency cares to log. */
	private static final int MAX_MESSAGE = 300;

	/** Opcode, length, the longest count and its end. */
	private static final int OVERHEAD = Tlv.HEADER + Tlv.COUNT_DIGITS + 1;

	/** The longest marker of a bet and its end. */
	private static final int MARKER = 1 + Tlv.COUNT_DIGITS + 1;

	private static final LengthFraming FRAMING = LengthFraming.ofReplies(Tlv.HEADER - Tlv.LENGTH, Tlv.LENGTH);

	@Override
	public void encode(ClientRequest request, OutputStream out) throws IOException {
		switch (request) {
			case ClientRequest.StoreBets(int _, List<Bet> bets) -> send(bets, out);
			case Request.CloseAgency(int agency) -> Tlv.send(Tlv.CLOSE_AGENCY, field(agency), out);
			case Request.FindWinners(int agency) -> Tlv.send(Tlv.FIND_WINNERS, field(agency), out);
			case Request.Disconnect _ -> Tlv.send(Tlv.DISCONNECT, "", out);
			default -> throw ClientCodec.unknown(Tlv.NAME, request);
		}
	}

	private static String field(int value) {
		return value + String.valueOf(Tlv.FIELD_END);
	}

	private static void send(List<Bet> bets, OutputStream out) throws IOException {
		StringBuilder data = new StringBuilder();
		if (bets.size() == 1) {
			append(data, bets.getFirst());
			Tlv.send(Tlv.STORE_BET, data.toString(), out);
			return;
		}
		data.append(field(bets.size()));
		for (int i = 0; i < bets.size(); i++) {
			data.append(Tlv.MARKER).append(field(i));
			append(data, bets.get(i));
		}
		Tlv.send(Tlv.STORE_BATCH, data.toString(), out);
	}

	private static void append(StringBuilder data, Bet bet) {
		Fields.append(data, bet, Tlv.FIELD_END);
		data.append(Tlv.FIELD_END);
	}

	@Override
	public boolean isAnswered(ClientRequest request) {
		return !(request instanceof Request.Disconnect);
	}

	@Override
	public @Nullable Reply decode(ClientRequest request, Inbound in) throws ProtocolException {
		int frame = FRAMING.complete(in, Tlv.NAME);
		if (frame == 0) {
			return null;
		}
		String data = in.text(Tlv.HEADER, frame - Tlv.HEADER);
		Reply reply = (data == null) ? null : reply(request, (int) in.unsigned(0, 1), data);
		if (reply == null) {
			throw new ProtocolException(Tlv.NAME, EXPECTED, in);
		}
		in.skip(frame);
		return reply;
	}

	private static @Nullable Reply reply(ClientRequest request, int opcode, String data) {
		if (opcode == Tlv.ERROR) {
			String message = InvalidBet.printable(String.join(" ", Fields.elements(data, Tlv.FIELD_END)), MAX_MESSAGE);
			return new Reply.Refused(message.isEmpty() ? Refusal.UNSAID : new Refusal(Reason.UNSAID, message));
		}
		if (opcode == Tlv.CORRUPT) {
			return new Reply.Refused(new Refusal(Reason.CORRUPT, "the central could not read the request"));
		}
		return switch (request) {
			case ClientRequest.StoreBets(int _, List<Bet> bets) ->
				(opcode == Tlv.ACKNOWLEDGED) ? new Reply.Stored(bets.size()) : null;
			case Request.CloseAgency _ -> (opcode == Tlv.ACKNOWLEDGED) ? new Reply.Acknowledged() : null;
			case Request.FindWinners _ -> switch (opcode) {
				case Tlv.WINNERS -> winners(data);
				case Tlv.NOT_READY -> new Reply.NotReady();
				default -> null;
			};
			default -> null;
		};
	}

	private static @Nullable Reply winners(String data) {
		String[] elements = Fields.elements(data, Tlv.FIELD_END);
		if (elements.length == 1 && elements[0].isEmpty()) {
			return new Reply.Winners(List.of());
		}
		DocumentList documents = Fields.documents(elements);
		return (documents == null) ? null : new Reply.Winners(documents);
	}

	/**
	 * A {@code @} is what the marker of the next bet begins with: a central that looks
	 * for it would take a name for one.
	 */
	@Override
	public @Nullable InvalidBet refusal(Bet bet) {
		return Fields.without(bet, Tlv.NAME, "" + Tlv.FIELD_END + Tlv.MARKER);
	}

	@Override
	public int size(Bet bet) {
		return Fields.size(bet) + MARKER;
	}

	@Override
	public int overhead() {
		return OVERHEAD;
	}

}
