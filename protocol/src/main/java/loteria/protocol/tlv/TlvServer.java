package loteria.protocol.tlv;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.IntFunction;

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
 * The central's side of {@code tlv}. Whatever a frame says, the next one begins behind
 * it, so the connection goes on after every refusal but that of a frame too long to be
 * read.
 */
final class TlvServer implements ServerCodec {

	private static final String FIELD_END = String.valueOf(Tlv.FIELD_END);

	/** Stands in an error's message for what would end it. */
	private static final char NO_FIELD_END = ' ';

	private final BatchDecoder batch;

	private final int maxMessage;

	TlvServer(BetRules rules, int maxMessage) {
		this.batch = new BatchDecoder(rules);
		this.maxMessage = maxMessage;
	}

	@Override
	public @Nullable Request decode(Inbound in) {
		if (in.available() < Tlv.HEADER) {
			return null;
		}
		int opcode = (int) in.unsigned(0, 1);
		if (opcode == Tlv.CORRUPT) {
			return new Request.Garbage(new Refusal(Reason.CORRUPT, "the agency could not read an answer"));
		}
		long frame = Tlv.HEADER + in.unsigned(1, Tlv.LENGTH);
		if (frame > this.maxMessage) {
			return new Request.Garbage(new Refusal(Reason.TOO_LONG,
					"a frame of " + frame + " bytes where " + this.maxMessage + " are allowed"));
		}
		if (in.available() < frame) {
			return null;
		}
		String data = in.text(Tlv.HEADER, (int) frame - Tlv.HEADER);
		in.skip((int) frame);
		return (data == null) ? unacceptable(Reason.NOT_UTF8, "the data of opcode " + opcode) : decode(opcode, data);
	}

	private Request decode(int opcode, String data) {
		return switch (opcode) {
			case Tlv.DISCONNECT -> new Request.Disconnect();
			case Tlv.STORE_BET -> data.endsWith(FIELD_END) ? storeBet(fields(data)) : endless(opcode);
			case Tlv.STORE_BATCH -> data.endsWith(FIELD_END) ? storeBatch(fields(data)) : endless(opcode);
			case Tlv.CLOSE_AGENCY -> ofAgency(opcode, data, Request.CloseAgency::new);
			case Tlv.FIND_WINNERS -> ofAgency(opcode, data, Request.FindWinners::new);
			default -> unacceptable(Reason.UNKNOWN_MESSAGE, "opcode " + opcode);
		};
	}

	private static String[] fields(String data) {
		return Fields.elements(data, Tlv.FIELD_END);
	}

	private static Request endless(int opcode) {
		return unacceptable(Reason.MALFORMED, "the last field of opcode " + opcode + " has no end");
	}

	private Request ofAgency(int opcode, String data, IntFunction<Request> then) {
		return data.endsWith(FIELD_END) ? this.batch.of(data.substring(0, data.length() - 1), then) : endless(opcode);
	}

	private Request storeBet(String[] fields) {
		this.batch.begin();
		this.batch.add(fields);
		return this.batch.finish();
	}

	/**
	 * Behind the count, a marker and six fields for each bet.
	 */
	private Request storeBatch(String[] fields) {
		this.batch.begin();
		for (int at = 1; at < fields.length; at += 1 + Tlv.BET_FIELDS) {
			String marker = Tlv.MARKER + Integer.toString(this.batch.size());
			if (!fields[at].equals(marker)) {
				return unacceptable(Reason.MALFORMED,
						"\"" + InvalidBet.printable(fields[at]) + "\" where " + marker + " belongs");
			}
			int end = Math.min(at + 1 + Tlv.BET_FIELDS, fields.length);
			this.batch.add(Arrays.copyOfRange(fields, at + 1, end));
		}
		if (Texts.number(fields[0], Tlv.COUNT_DIGITS) != this.batch.size()) {
			return unacceptable(Reason.WRONG_COUNT,
					"the count is \"" + InvalidBet.printable(fields[0]) + "\", the bets are " + this.batch.size());
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
		return switch (reply) {
			case Reply.Stored stored -> send(Tlv.ACKNOWLEDGED, "", out);
			case Reply.Acknowledged acknowledged -> send(Tlv.ACKNOWLEDGED, "", out);
			case Reply.Refused refused -> refuse(request, refused.refusal(), out);
			case Reply.NotReady notReady -> send(Tlv.NOT_READY, "", out);
			case Reply.Winners winners -> send(Tlv.WINNERS, documents(winners), out);
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
	private static String documents(Reply.Winners winners) {
		return String.join(FIELD_END, winners.documents()) + Tlv.FIELD_END;
	}

}
