package loteria.protocol.packets;

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
import loteria.protocol.Reply;
import loteria.protocol.Request;
import org.jspecify.annotations.Nullable;

/**
 * The agency's side of {@code packets}.
 */
final class PacketsClient implements ClientCodec {

	private static final String EXPECTED = "a packet that answers the request";

	/** The length, the longest type and its end, the longest agency. */
	private static final int OVERHEAD = Packets.LENGTH + Packets.STORE_BATCH.length() + 1 + 10;

	private static final LengthFraming FRAMING = LengthFraming.ofReplies(0, Packets.LENGTH);

	@Override
	public void encode(ClientRequest request, OutputStream out) throws IOException {
		switch (request) {
			case ClientRequest.StoreBets(int agency, List<Bet> bets) -> send(agency, bets, out);
			case Request.CloseAgency(int agency) -> Packets.send(Packets.AGENCY_CLOSE, Integer.toString(agency), out);
			case Request.FindWinners(int agency) ->
				Packets.send(Packets.WINNERS_REQUEST, Integer.toString(agency), out);
			// a close is all that says it
			case Request.Disconnect _ -> {
			}
			default -> throw ClientCodec.unknown(Packets.NAME, request);
		}
	}

	private static void send(int agency, List<Bet> bets, OutputStream out) throws IOException {
		StringBuilder payload = new StringBuilder();
		if (bets.size() == 1) {
			Fields.append(payload, bets.getFirst(), Packets.FIELD_SEPARATOR);
			Packets.send(Packets.STORE_BET, payload.toString(), out);
			return;
		}
		payload.append(agency);
		for (Bet bet : bets) {
			payload.append(Packets.BET_SEPARATOR);
			Fields.appendAnonymous(payload, bet, Packets.FIELD_SEPARATOR);
		}
		Packets.send(Packets.STORE_BATCH, payload.toString(), out);
	}

	@Override
	public boolean isAnswered(ClientRequest request) {
		return !(request instanceof Request.CloseAgency || request instanceof Request.Disconnect);
	}

	@Override
	public @Nullable Reply decode(ClientRequest request, Inbound in) throws ProtocolException {
		int length = FRAMING.complete(in, Packets.NAME);
		if (length == 0) {
			return null;
		}
		String packet = in.text(Packets.LENGTH, length - Packets.LENGTH);
		Reply reply = (packet == null) ? null : reply(request, packet);
		if (reply == null) {
			throw new ProtocolException(Packets.NAME, EXPECTED, in);
		}
		in.skip(length);
		return reply;
	}

	private static @Nullable Reply reply(ClientRequest request, String packet) {
		int typeEnd = packet.indexOf(Packets.TYPE_END);
		String type = (typeEnd < 0) ? packet : packet.substring(0, typeEnd);
		String payload = (typeEnd < 0) ? "" : packet.substring(typeEnd + 1);
		if (type.equals(Packets.STORE_RESPONSE) && payload.equals(Packets.REFUSED)) {
			return new Reply.Refused(Refusal.UNSAID);
		}
		return switch (request) {
			case ClientRequest.StoreBets(int _, List<Bet> bets) ->
				(type.equals(Packets.STORE_RESPONSE) && payload.equals(Packets.STORED)) ? new Reply.Stored(bets.size())
						: null;
			case Request.FindWinners _ -> winners(type, payload);
			default -> null;
		};
	}

	private static @Nullable Reply winners(String type, String payload) {
		if (type.equals(Packets.NOT_READY_RESPONSE)) {
			return new Reply.NotReady();
		}
		if (!type.equals(Packets.WINNERS_RESPONSE)) {
			return null;
		}
		DocumentList documents = payload.isEmpty() ? new DocumentList()
				: Fields.documents(Fields.elements(payload, Packets.DOCUMENT_SEPARATOR));
		return (documents == null) ? null : new Reply.Winners(documents);
	}

	@Override
	public @Nullable InvalidBet refusal(Bet bet) {
		return Fields.without(bet, Packets.NAME, "" + Packets.FIELD_SEPARATOR + Packets.BET_SEPARATOR);
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
