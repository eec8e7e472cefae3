package loteria.protocol.packets;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.OptionalInt;

import loteria.bet.BetRules;
import loteria.bet.InvalidBet;
import loteria.bet.RowBuilder;
import loteria.bytes.Slice;
import loteria.protocol.BatchDecoder;
import loteria.protocol.Inbound;
import loteria.protocol.LengthFraming;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import loteria.protocol.ServerCodec;
import org.jspecify.annotations.Nullable;

/**
 * The central's side of {@code packets}. After a reply it waits for another packet,
 * whether or not the agency means to send one.
 */
final class PacketsServer implements ServerCodec {

	private static final String DOCUMENT_SEPARATOR = String.valueOf(Packets.DOCUMENT_SEPARATOR);

	private final BatchDecoder batch;

	private final LengthFraming framing;

	/**
	 * @param maxLength of what follows the length
	 */
	PacketsServer(BetRules rules, int maxLength) {
		this.batch = new BatchDecoder(rules);
		this.framing = new LengthFraming("a packet", 0, Packets.LENGTH, 0, Packets.LENGTH, maxLength);
	}

	@Override
	public @Nullable Request decode(Inbound in) {
		return this.framing.decode(in, (message) -> decode(message.after(message.from() + Packets.LENGTH)));
	}

	private Request decode(Slice packet) {
		if (!packet.isUtf8()) {
			return new Request.Unacceptable(new Refusal(Reason.NOT_UTF8, "the packet"));
		}
		int typeEnd = packet.find(Packets.TYPE_END);
		Slice type = packet.upTo(typeEnd);
		Slice payload = packet.after(Math.min(typeEnd + 1, packet.end()));
		boolean ended = typeEnd < packet.end();
		if (ended && type.is(Packets.STORE_BET)) {
			return storeBet(payload);
		}
		if (ended && type.is(Packets.STORE_BATCH)) {
			return storeBatch(payload);
		}
		if (ended && type.is(Packets.AGENCY_CLOSE)) {
			return this.batch.of(payload, Request.CloseAgency::new);
		}
		if (ended && type.is(Packets.WINNERS_REQUEST)) {
			return this.batch.of(payload, Request.FindWinners::new);
		}
		return new Request.Garbage(
				new Refusal(Reason.UNKNOWN_MESSAGE, "packet \"" + InvalidBet.printable(packet.excerpt()) + "\""));
	}

	/** Colons may be part of a name where there is but one bet. */
	private Request storeBet(Slice bet) {
		this.batch.begin(bet.length());
		this.batch.addOne(bet, Packets.FIELD_SEPARATOR);
		return this.batch.finish();
	}

	/**
	 * Behind the agency stands {@code :} or {@code ;}, depending on who sends it.
	 */
	private Request storeBatch(Slice payload) {
		int agencyEnd = Math.min(payload.find(Packets.BET_SEPARATOR), payload.find(Packets.FIELD_SEPARATOR));
		Slice agencyText = payload.upTo(agencyEnd);
		int agency = RowBuilder.agency(agencyText);
		if (agency == 0) {
			return malformed(BetRules.invalidAgency(agencyText.excerpt()).toString());
		}
		Slice bets = payload.after(Math.min(agencyEnd + 1, payload.end()));
		if (bets.isEmpty()) {
			return malformed("a batch without bets");
		}
		this.batch.begin(bets.length());
		this.batch.addAll(agency, bets, Packets.BET_SEPARATOR, Packets.FIELD_SEPARATOR);
		return this.batch.finish();
	}

	private static Request malformed(String detail) {
		return new Request.Unacceptable(new Refusal(Reason.MALFORMED, detail));
	}

	@Override
	public OptionalInt agency() {
		return this.batch.named();
	}

	/** A length can say no more than {@value Packets#MAX_LENGTH}. */
	@Override
	public @Nullable Refusal cannotSay(Reply reply) {
		if (!(reply instanceof Reply.Winners winners)) {
			return null;
		}
		long length = length(winners);
		return (length <= Packets.MAX_LENGTH) ? null
				: new Refusal(Reason.TOO_MANY_WINNERS,
						String.format(Locale.ROOT, "%d winners take %d bytes where %s has room for %d", winners.count(),
								length, Packets.NAME, Packets.MAX_LENGTH));
	}

	private static long length(Reply.Winners winners) {
		// the type and its end
		return Packets.WINNERS_RESPONSE.length() + 1 + winners.documents().length(DOCUMENT_SEPARATOR);
	}

	@Override
	public After encode(Request request, Reply reply, OutputStream out) throws IOException {
		return switch (reply) {
			case Reply.Stored stored -> {
				Packets.send(Packets.STORE_RESPONSE, Packets.STORED, out);
				yield After.GO_ON;
			}
			case Reply.Refused refused -> refuse(request, out);
			case Reply.Winners winners -> {
				Packets.begin(Packets.WINNERS_RESPONSE, (int) length(winners), out);
				winners.documents().write(DOCUMENT_SEPARATOR, out);
				yield After.GO_ON;
			}
			case Reply.NotReady notReady -> {
				Packets.send(Packets.NOT_READY_RESPONSE, "", out);
				yield After.GO_ON;
			}
			// agencies wait for no answer to AgencyClose
			case Reply.Acknowledged acknowledged -> After.GO_ON;
			case Reply.Greeted _, Reply.Checked _, Reply.Echoed _, Reply.Silence _ -> After.CLOSE;
		};
	}

	private static After refuse(Request request, OutputStream out) throws IOException {
		if (request instanceof Request.CloseAgency) {
			return After.CLOSE;
		}
		Packets.send(Packets.STORE_RESPONSE, Packets.REFUSED, out);
		return (request instanceof Request.Garbage) ? After.CLOSE : After.GO_ON;
	}

}
