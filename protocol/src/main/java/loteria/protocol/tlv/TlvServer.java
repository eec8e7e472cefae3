package loteria.protocol.tlv;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;

import loteria.bet.BetRules;
import loteria.bet.Documents;
import loteria.bet.InvalidBet;
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
 * The central's side of {@code tlv}. Whatever a frame says, the next one begins behind
 * it, so the connection goes on after every refusal but that of a frame too long to be
 * read.
 */
final class TlvServer implements ServerCodec {

	private static final String FIELD_END = String.valueOf(Tlv.FIELD_END);

	/** Stands in an error's message for what would end it. */
	private static final char NO_FIELD_END = ' ';

	private final BatchDecoder batch;

	private final LengthFraming framing;

	TlvServer(BetRules rules, int maxMessage) {
		this.batch = new BatchDecoder(rules);
		this.framing = new LengthFraming("a frame", Tlv.HEADER - Tlv.LENGTH, Tlv.LENGTH, 0, 0, maxMessage);
	}

	@Override
	public @Nullable Request decode(Inbound in) {
		if (in.available() >= Tlv.HEADER && in.unsigned(0, 1) == Tlv.CORRUPT) {
			return new Request.Garbage(new Refusal(Reason.CORRUPT, "the agency could not read an answer"));
		}
		return this.framing.decode(in, this::decode);
	}

	private Request decode(Slice frame) {
		int opcode = frame.bytes()[frame.from()] & 0xFF;
		Slice data = frame.after(frame.from() + Tlv.HEADER);
		if (!data.isUtf8()) {
			return unacceptable(Reason.NOT_UTF8, "the data of opcode " + opcode);
		}
		return switch (opcode) {
			case Tlv.DISCONNECT -> new Request.Disconnect();
			case Tlv.STORE_BET -> ended(opcode, data, this::storeBet);
			case Tlv.STORE_BATCH -> ended(opcode, data, this::storeBatch);
			case Tlv.CLOSE_AGENCY -> ended(opcode, data, (agency) -> this.batch.of(agency, Request.CloseAgency::new));
			case Tlv.FIND_WINNERS -> ended(opcode, data, (agency) -> this.batch.of(agency, Request.FindWinners::new));
			default -> unacceptable(Reason.UNKNOWN_MESSAGE, "opcode " + opcode);
		};
	}

	/**
	 * @param then what fields mean, the end of the last one taken off
	 */
	private static Request ended(int opcode, Slice data, Function<Slice, Request> then) {
		return data.endsWith(Tlv.FIELD_END) ? then.apply(data.upTo(data.end() - 1))
				: unacceptable(Reason.MALFORMED, "the last field of opcode " + opcode + " has no end");
	}

	private Request storeBet(Slice bet) {
		this.batch.begin(bet.length());
		this.batch.addOne(bet, Tlv.FIELD_END);
		return this.batch.finish();
	}

	/**
	 * Behind the count, a marker and six fields for each bet. A marker that is wrong
	 * decides before any bet does, hence all are looked at.
	 */
	private Request storeBatch(Slice data) {
		this.batch.begin(data.length());
		int countEnd = data.find(Tlv.FIELD_END);
		int at = countEnd;
		while (at < data.end()) {
			int marker = at + 1;
			int markerEnd = data.find(Tlv.FIELD_END, marker);
			if (!isMarker(data.bytes(), marker, markerEnd, this.batch.size())) {
				int index = this.batch.size();
				this.batch.forget();
				return unacceptable(Reason.MALFORMED,
						"\"" + InvalidBet.printable(data.after(marker).upTo(markerEnd).excerpt()) + "\" where "
								+ Tlv.MARKER + index + " belongs");
			}
			at = this.batch.addOneOf(data, markerEnd, Tlv.FIELD_END);
		}
		Slice count = data.upTo(countEnd);
		if (count.number(Tlv.COUNT_DIGITS) != this.batch.size()) {
			int bets = this.batch.size();
			this.batch.forget();
			return unacceptable(Reason.WRONG_COUNT,
					"the count is \"" + InvalidBet.printable(count.excerpt()) + "\", the bets are " + bets);
		}
		return this.batch.finish();
	}

	/** Whether a field is the marker of bet {@code index}, digit by digit. */
	private static boolean isMarker(byte[] bytes, int from, int end, int index) {
		int at = end - 1;
		int rest = index;
		do {
			if (at < from || bytes[at--] != '0' + rest % 10) {
				return false;
			}
			rest /= 10;
		}
		while (rest > 0);
		return at == from && bytes[at] == Tlv.MARKER;
	}

	private static Request unacceptable(Reason reason, String detail) {
		return new Request.Unacceptable(new Refusal(reason, detail));
	}

	@Override
	public OptionalInt agency() {
		return this.batch.named();
	}

	/** A length can say no more than {@value Tlv#MAX_LENGTH}. */
	@Override
	public @Nullable Refusal cannotSay(Reply reply) {
		if (!(reply instanceof Reply.Winners winners) || length(winners.documents()) <= Tlv.MAX_LENGTH) {
			return null;
		}
		return new Refusal(Reason.TOO_MANY_WINNERS,
				String.format(Locale.ROOT, "%d winners take %d bytes where %s has room for %d", winners.count(),
						length(winners.documents()), Tlv.NAME, Tlv.MAX_LENGTH));
	}

	private static long length(Documents documents) {
		return documents.length(FIELD_END) + FIELD_END.length();
	}

	@Override
	public After encode(Request request, Reply reply, OutputStream out) throws IOException {
		return switch (reply) {
			case Reply.Stored stored -> send(Tlv.ACKNOWLEDGED, "", out);
			case Reply.Acknowledged acknowledged -> send(Tlv.ACKNOWLEDGED, "", out);
			case Reply.Refused refused -> refuse(request, refused.refusal(), out);
			case Reply.NotReady notReady -> send(Tlv.NOT_READY, "", out);
			case Reply.Winners winners -> sendWinners(winners.documents(), out);
			case Reply.Greeted _, Reply.Checked _, Reply.Echoed _, Reply.Silence _ -> After.CLOSE;
		};
	}

	private static After send(int opcode, String data, OutputStream out) throws IOException {
		Tlv.send(opcode, data, out);
		return After.GO_ON;
	}

	private static After refuse(Request request, Refusal refusal, OutputStream out) throws IOException {
		if (refusal.reason() == Reason.CORRUPT) {
			return After.CLOSE;
		}
		Tlv.send(Tlv.ERROR, refusal.toString().replace(Tlv.FIELD_END, NO_FIELD_END) + Tlv.FIELD_END, out);
		return (request instanceof Request.Garbage) ? After.CLOSE : After.GO_ON;
	}

	/** With no winners, one end of a field. */
	private static After sendWinners(Documents documents, OutputStream out) throws IOException {
		Tlv.begin(Tlv.WINNERS, length(documents), out);
		documents.write(FIELD_END, out);
		out.write(Tlv.FIELD_END);
		return After.GO_ON;
	}

}
