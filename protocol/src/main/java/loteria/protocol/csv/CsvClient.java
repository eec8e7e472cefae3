package loteria.protocol.csv;

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
 * The agency's side of {@code csv}.
 */
final class CsvClient implements ClientCodec {

	private static final String EXPECTED_COUNT = "the number of bets of the batch, or 0, and a line end";

	private static final String EXPECTED_WINNERS = "a list of documents, or their number";

	private final int agency;

	CsvClient(int agency) {
		this.agency = agency;
	}

	@Override
	public void encode(ClientRequest request, OutputStream out) throws IOException {
		StringBuilder message = new StringBuilder();
		switch (request) {
			case ClientRequest.StoreBets(int _, List<Bet> bets) -> append(message, bets);
			case Request.AwaitWinners _ -> message.append(Csv.DONE).append(this.agency);
			default -> throw ClientCodec.unknown(Csv.NAME, request);
		}
		out.write(message.toString().getBytes(StandardCharsets.UTF_8));
	}

	private static void append(StringBuilder message, List<Bet> bets) {
		for (Bet bet : bets) {
			if (!message.isEmpty()) {
				message.append(Csv.BET_SEPARATOR);
			}
			Fields.append(message, bet, Csv.FIELD_SEPARATOR);
		}
		message.append(LineFraming.LINE_END);
	}

	@Override
	public @Nullable Reply decode(ClientRequest request, Inbound in) throws ProtocolException {
		return switch (request) {
			case ClientRequest.StoreBets(int _, List<Bet> bets) -> stored(bets.size(), in);
			case Request.AwaitWinners _ -> winners(in);
			default -> throw new ProtocolException(Csv.NAME, "nothing", in);
		};
	}

	private static @Nullable Reply stored(int bets, Inbound in) throws ProtocolException {
		int lineEnd = in.indexOf((byte) LineFraming.LINE_END, 0);
		if (lineEnd < 0) {
			return null;
		}
		long count = count(line(in, lineEnd));
		if (count != bets && count != Csv.NONE) {
			throw new ProtocolException(Csv.NAME, EXPECTED_COUNT, in);
		}
		in.skip(lineEnd + 1);
		return (count == Csv.NONE) ? new Reply.Refused(Refusal.UNSAID) : new Reply.Stored(bets);
	}

	/** The list ends with its line, or with the stream. */
	private static @Nullable Reply winners(Inbound in) throws ProtocolException {
		int lineEnd = in.indexOf((byte) LineFraming.LINE_END, 0);
		boolean endless = lineEnd < 0 && in.hasEnded() && in.available() > 0;
		if (lineEnd < 0 && !endless) {
			return null;
		}
		Reply winners = winners(line(in, endless ? in.available() : lineEnd));
		if (winners == null) {
			throw new ProtocolException(Csv.NAME, EXPECTED_WINNERS, in);
		}
		in.skip(endless ? in.available() : lineEnd + 1);
		return winners;
	}

	private static String line(Inbound in, int length) {
		return Fields.withoutReturn(in.lossyText(0, length));
	}

	private static long count(String line) {
		return Texts.number(line, Csv.COUNT_DIGITS);
	}

	private static @Nullable Reply winners(String line) {
		if (!line.startsWith(Csv.LIST_BEGIN) || !line.endsWith(Csv.LIST_END)) {
			long count = count(line);
			return (count < 0) ? null : new Reply.Winners(count, new DocumentList());
		}
		String list = line.substring(Csv.LIST_BEGIN.length(), line.length() - Csv.LIST_END.length());
		if (list.isEmpty()) {
			return new Reply.Winners(List.of());
		}
		String[] elements = list.split(Csv.LIST_SEPARATOR, -1);
		for (int i = 0; i < elements.length; i++) {
			elements[i] = unquoted(elements[i]);
		}
		DocumentList documents = Fields.documents(elements);
		return (documents == null) ? null : new Reply.Winners(documents);
	}

	private static String unquoted(String element) {
		boolean quoted = element.length() > 2 && element.startsWith(Csv.QUOTE) && element.endsWith(Csv.QUOTE);
		return quoted ? element.substring(1, element.length() - 1) : element;
	}

	@Override
	public @Nullable InvalidBet refusal(Bet bet) {
		return Fields.without(bet, Csv.NAME, "" + Csv.FIELD_SEPARATOR + Csv.BET_SEPARATOR);
	}

	@Override
	public int size(Bet bet) {
		return Fields.size(bet);
	}

	/** The line end. */
	@Override
	public int overhead() {
		return 1;
	}

}
