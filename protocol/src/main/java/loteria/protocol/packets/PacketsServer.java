package loteria.protocol.packets;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.OptionalInt;

import loteria.bet.BetRules;
import loteria.bet.InvalidBet;
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
 * The central's side of {@code packets}. After a reply it waits for another packet,
 * whether or not the agency means to send one.
 */
final class PacketsServer implements ServerCodec {

	private final BatchDecoder batch;

	private final int maxLength;

	/**
	 * @param maxLength of what follows the length
	 */
	PacketsServer(BetRules rules, int maxLength) {
		this.batch = new BatchDecoder(rules);
		this.maxLength = maxLength;
	}

	@Override
	public @Nullable Request decode(Inbound in) {
		if (in.available() < Packets.LENGTH) {
			return null;
		}
		int length = (int) in.unsigned(0, Packets.LENGTH);
		if (length > this.maxLength) {
			return new Request.Garbage(new Refusal(Reason.TOO_LONG,
					"a packet of " + length + " bytes where " + this.maxLength + " are allowed"));
		}
		if (in.available() < Packets.LENGTH + length) {
			return null;
		}
		String packet = in.text(Packets.LENGTH, length);
		in.skip(Packets.LENGTH + length);
		return (packet == null) ? new Request.Unacceptable(new Refusal(Reason.NOT_UTF8, "the packet")) : decode(packet);
	}

	private Request decode(String packet) {
		int typeEnd = packet.indexOf(Packets.TYPE_END);
		String payload = packet.substring(typeEnd + 1);
		return switch (packet.substring(0, Math.max(typeEnd, 0))) {
			case Packets.STORE_BET -> storeBet(payload);
			case Packets.STORE_BATCH -> storeBatch(payload);
			case Packets.AGENCY_CLOSE -> this.batch.of(payload, Request.CloseAgency::new);
			case Packets.WINNERS_REQUEST -> this.batch.of(payload, Request.FindWinners::new);
			default -> new Request.Garbage(
					new Refusal(Reason.UNKNOWN_MESSAGE, "packet \"" + InvalidBet.printable(packet) + "\""));
		};
	}

	private Request storeBet(String bet) {
		this.batch.begin();
		this.batch.add(Fields.split(bet, Packets.FIELD_SEPARATOR));
		return this.batch.finish();
	}

	/**
	 * Behind the agency stands {@code :} or {@code ;}, depending on who sends it.
	 */
	private Request storeBatch(String payload) {
		int agencyEnd = 0;
		while (agencyEnd < payload.length() && !isSeparator(payload.charAt(agencyEnd))) {
			agencyEnd++;
		}
		String agencyText = payload.substring(0, agencyEnd);
		int agency = BetRules.agency(agencyText);
		if (agency == 0) {
			return malformed(BetRules.invalidAgency(agencyText).toString());
		}
		String bets = payload.substring(Math.min(agencyEnd + 1, payload.length()));
		if (bets.isEmpty()) {
			return malformed("a batch without bets");
		}
		this.batch.begin();
		for (String bet : Fields.elements(bets, Packets.BET_SEPARATOR)) {
			this.batch.add(agency, Fields.split(bet, Packets.FIELD_SEPARATOR));
		}
		return this.batch.finish();
	}

	private static boolean isSeparator(char c) {
		return c == Packets.BET_SEPARATOR || c == Packets.FIELD_SEPARATOR;
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
		// the end of the type, and a separator between any two documents
		int length = Packets.WINNERS_RESPONSE.length() + 1 + Math.max(winners.documents().size() - 1, 0);
		for (String document : winners.documents()) {
			length += document.length();
		}
		return (length <= Packets.MAX_LENGTH) ? null
				: new Refusal(Reason.TOO_MANY_WINNERS,
						String.format(Locale.ROOT, "%d winners take %d bytes where %s has room for %d", winners.count(),
								length, Packets.NAME, Packets.MAX_LENGTH));
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
				Packets.send(Packets.WINNERS_RESPONSE,
						String.join(String.valueOf(Packets.DOCUMENT_SEPARATOR), winners.documents()), out);
				yield After.GO_ON;
			}
			case Reply.NotReady notReady -> {
				Packets.send(Packets.NOT_READY_RESPONSE, "", out);
				yield After.GO_ON;
			}
			// nobody waits for an answer to AgencyClose
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
