package loteria.protocol.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

import loteria.bet.BetRules;
import loteria.bet.Documents;
import loteria.bet.RowBuilder;
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
 * The central's side of {@code csv}. A batch is a line; what an agency says last,
 * {@code DONE:<agency>}, is one only if it cares to be.
 */
final class CsvServer implements ServerCodec {

	private final BatchDecoder batch;

	private final LineFraming framing;

	/** Whether a DONE was taken whose line end, if it has one, is still to come. */
	private boolean lineEndMayFollow;

	/** Whether what is here may be a whole DONE. */
	private boolean mayBeDone;

	CsvServer(BetRules rules, int maxMessage) {
		this.batch = new BatchDecoder(rules);
		this.framing = new LineFraming("a line", 1, maxMessage);
	}

	@Override
	public @Nullable Request decode(Inbound in) {
		this.mayBeDone = false;
		if (this.lineEndMayFollow) {
			passLineEnd(in);
		}
		Request request = this.framing.decode(in, this::decode);
		return (request != null) ? request : decodeEndlessDone(in);
	}

	private void passLineEnd(Inbound in) {
		int returns = (in.available() > 0 && in.at(0) == LineFraming.RETURN) ? 1 : 0;
		if (in.available() > returns) {
			if (in.at(returns) == LineFraming.LINE_END) {
				in.skip(returns + 1);
			}
			this.lineEndMayFollow = false;
		}
	}

	private @Nullable Request decodeEndlessDone(Inbound in) {
		Slice agency = doneWithoutEnd(in.peek());
		if (agency == null) {
			return null;
		}
		this.mayBeDone = true;
		int value = RowBuilder.agency(agency);
		boolean known = value != 0 && this.batch.agency().equals(OptionalInt.of(value));
		if (!known && !in.hasPaused() && !in.hasEnded()) {
			return null;
		}
		in.skip(in.available());
		this.lineEndMayFollow = true;
		return done(agency);
	}

	/**
	 * @return the digits behind {@code DONE:}, at least one, or null if this is no DONE
	 */
	private static @Nullable Slice doneWithoutEnd(Slice text) {
		if (text.length() <= Csv.DONE.length() || text.length() > Csv.DONE.length() + Csv.MAX_AGENCY_TEXT
				|| !text.startsWith(Csv.DONE)) {
			return null;
		}
		Slice agency = behindDone(text.without(LineFraming.RETURN));
		for (int at = agency.from(); at < agency.end(); at++) {
			if (agency.bytes()[at] < '0' || agency.bytes()[at] > '9') {
				return null;
			}
		}
		return agency;
	}

	private static Slice behindDone(Slice text) {
		return text.after(text.from() + Csv.DONE.length());
	}

	private Request done(Slice agency) {
		return this.batch.of(agency, (value) -> new Request.AwaitWinners(OptionalInt.of(value)));
	}

	private Request decode(Slice message) {
		if (!message.isUtf8()) {
			return unacceptable(Reason.NOT_UTF8, "the line");
		}
		Slice line = message.without(LineFraming.RETURN);
		if (line.startsWith(Csv.DONE)) {
			return done(behindDone(line));
		}
		this.batch.begin(line.length());
		this.batch.addAll(line, Csv.BET_SEPARATOR, Csv.FIELD_SEPARATOR);
		return this.batch.finish();
	}

	private static Request unacceptable(Reason reason, String detail) {
		return new Request.Unacceptable(new Refusal(reason, detail));
	}

	@Override
	public boolean pause() {
		return this.mayBeDone;
	}

	@Override
	public OptionalInt agency() {
		return this.batch.named();
	}

	@Override
	public After encode(Request request, Reply reply, OutputStream out) throws IOException {
		return switch (reply) {
			case Reply.Stored stored -> {
				sendLine(Integer.toString(stored.bets()), out);
				yield After.GO_ON;
			}
			case Reply.Refused refused -> refuse(request, out);
			case Reply.Winners winners -> {
				sendList(winners.documents(), out);
				yield After.CLOSE;
			}
			case Reply.Acknowledged _, Reply.NotReady _, Reply.Greeted _, Reply.Checked _, Reply.Echoed _,
					Reply.Silence _ ->
				After.CLOSE;
		};
	}

	/**
	 * Whoever waits for winners would take the count of a refusal for no winners: there
	 * the close has to say it.
	 */
	private static After refuse(Request request, OutputStream out) throws IOException {
		if (request instanceof Request.AwaitWinners) {
			return After.CLOSE;
		}
		sendLine(Integer.toString(Csv.NONE), out);
		return (request instanceof Request.Garbage) ? After.CLOSE : After.GO_ON;
	}

	private static void sendList(Documents documents, OutputStream out) throws IOException {
		String quote = (documents.count() == 0) ? "" : Csv.QUOTE;
		write(Csv.LIST_BEGIN + quote, out);
		documents.write(Csv.QUOTE + Csv.LIST_SEPARATOR + Csv.QUOTE, out);
		sendLine(quote + Csv.LIST_END, out);
	}

	private static void sendLine(String line, OutputStream out) throws IOException {
		write(line + LineFraming.LINE_END, out);
	}

	private static void write(String text, OutputStream out) throws IOException {
		out.write(text.getBytes(StandardCharsets.UTF_8));
	}

}
