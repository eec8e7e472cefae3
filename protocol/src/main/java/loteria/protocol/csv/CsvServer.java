package loteria.protocol.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.stream.Collectors;

import loteria.bet.BetRules;
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
 * The central's side of {@code csv}. A batch is a line; what an agency says last,
 * {@code DONE:<agency>}, is one only if it cares to be.
 */
final class CsvServer implements ServerCodec {

	private final BatchDecoder batch;

	private final int maxMessage;

	/** Whether a DONE was taken whose line end, if it has one, is still to come. */
	private boolean lineEndMayFollow;

	/** Whether what is here may be a whole DONE. */
	private boolean mayBeDone;

	CsvServer(BetRules rules, int maxMessage) {
		this.batch = new BatchDecoder(rules);
		this.maxMessage = maxMessage;
	}

	@Override
	public @Nullable Request decode(Inbound in) {
		this.mayBeDone = false;
		if (this.lineEndMayFollow) {
			passLineEnd(in);
		}
		int lineEnd = in.indexOf(Csv.LINE_END, 0);
		int length = (lineEnd < 0) ? in.available() : lineEnd + 1;
		if (length > this.maxMessage) {
			return new Request.Garbage(new Refusal(Reason.TOO_LONG, "a line of over " + this.maxMessage + " bytes"));
		}
		if (lineEnd < 0) {
			return decodeEndlessDone(in);
		}
		String line = in.text(0, lineEnd);
		in.skip(length);
		return (line == null) ? unacceptable(Reason.NOT_UTF8, "the line") : decode(Fields.withoutReturn(line));
	}

	private void passLineEnd(Inbound in) {
		int returns = (in.available() > 0 && in.at(0) == Csv.RETURN) ? 1 : 0;
		if (in.available() > returns) {
			if (in.at(returns) == Csv.LINE_END) {
				in.skip(returns + 1);
			}
			this.lineEndMayFollow = false;
		}
	}

	private @Nullable Request decodeEndlessDone(Inbound in) {
		String agency = doneWithoutEnd(in);
		if (agency == null) {
			return null;
		}
		this.mayBeDone = true;
		int value = BetRules.agency(agency);
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
	private static @Nullable String doneWithoutEnd(Inbound in) {
		int digits = Csv.DONE.length();
		if (in.available() <= digits || in.available() > digits + Csv.MAX_AGENCY_TEXT) {
			return null;
		}
		String text = in.lossyText(0, in.available());
		String agency = Fields.withoutReturn(text.substring(digits));
		return (text.startsWith(Csv.DONE) && agency.chars().allMatch((c) -> c >= '0' && c <= '9')) ? agency : null;
	}

	private Request done(String agency) {
		return this.batch.of(agency, (value) -> new Request.AwaitWinners(OptionalInt.of(value)));
	}

	private Request decode(String line) {
		if (line.startsWith(Csv.DONE)) {
			return done(line.substring(Csv.DONE.length()));
		}
		this.batch.begin();
		for (String bet : Fields.elements(line, Csv.BET_SEPARATOR)) {
			this.batch.add(Fields.split(bet, Csv.FIELD_SEPARATOR));
		}
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
				sendLine(list(winners), out);
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

	private static String list(Reply.Winners winners) {
		return winners.documents()
			.stream()
			.map((document) -> Csv.QUOTE + document + Csv.QUOTE)
			.collect(Collectors.joining(Csv.LIST_SEPARATOR, Csv.LIST_BEGIN, Csv.LIST_END));
	}

	private static void sendLine(String line, OutputStream out) throws IOException {
		out.write((line + (char) Csv.LINE_END).getBytes(StandardCharsets.UTF_8));
	}

}
