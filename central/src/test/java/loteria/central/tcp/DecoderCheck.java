package loteria.central.tcp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

import loteria.bet.Bet;
import loteria.bet.BetRules;
import loteria.bet.DocumentList;
import loteria.bet.Rows;
import loteria.protocol.ClientCodec;
import loteria.protocol.ClientRequest;
import loteria.protocol.Dialect;
import loteria.protocol.Dialect.Finish;
import loteria.protocol.Dialect.Limits;
import loteria.protocol.Dialects;
import loteria.protocol.Inbound;
import loteria.protocol.ProtocolException;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import loteria.protocol.oracle.TextCodec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is true of a decoder whatever bytes arrive: it throws nothing but what it is
 * allowed to, understands the same wherever the bytes are cut, and lets through only what
 * obeys the rules. The central's side means the same as {@link TextCodec}, as far as that
 * one goes. On the agency's side the first byte says which requests are being answered.
 *
 * @param side {@value #CENTRAL} or {@value #AGENCY}
 */
record DecoderCheck(Dialect dialect, String side) {

	static final String CENTRAL = "central";

	static final String AGENCY = "agency";

	private static final BetRules RULES = BetRules
		.storing(Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC));

	private static final Bet BET = new Bet(1, "José", "Núñez", "30904465", LocalDate.of(1999, 3, 17), 7574);

	static List<DecoderCheck> all() {
		return Dialects.all()
			.stream()
			.flatMap((dialect) -> List.of(CENTRAL, AGENCY).stream().map((side) -> new DecoderCheck(dialect, side)))
			.toList();
	}

	/** As its {@link #toString} says. */
	static DecoderCheck named(String name) {
		return all().stream().filter((check) -> check.toString().equals(name)).findFirst().orElseThrow();
	}

	@Override
	public String toString() {
		return this.dialect.name() + "-" + this.side;
	}

	/** What this side gets in the transcripts. */
	List<byte[]> seeds() {
		List<byte[]> seeds = new ArrayList<>();
		for (Transcript transcript : Transcript.all()) {
			if (transcript.dialect().equals(this.dialect.name())) {
				ByteArrayOutputStream all = new ByteArrayOutputStream();
				for (Transcript.Step step : transcript.steps()) {
					if (step instanceof Transcript.Send(int _, byte[] bytes) && this.side.equals(CENTRAL)) {
						seeds.add(bytes);
						all.writeBytes(bytes);
					}
					else if (step instanceof Transcript.Expect(int _, byte[] bytes) && this.side.equals(AGENCY)) {
						for (int from = 0; from < conversation().size(); from++) {
							seeds.add(joined((byte) from, bytes));
						}
					}
				}
				seeds.add(all.toByteArray());
			}
		}
		return seeds.stream().filter((seed) -> seed.length > 0 && seed.length <= 64 * 1024).toList();
	}

	private static byte[] joined(byte first, byte[] rest) {
		byte[] joined = new byte[rest.length + 1];
		joined[0] = first;
		System.arraycopy(rest, 0, joined, 1, rest.length);
		return joined;
	}

	void check(byte[] data) {
		try {
			if (this.side.equals(CENTRAL)) {
				checkCentral(data);
			}
			else if (data.length > 0) {
				checkAgency(Math.floorMod(data[0], conversation().size()), Arrays.copyOfRange(data, 1, data.length));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Somewhere, but the same place again for the same bytes. */
	private static int cut(byte[] data) {
		return (data.length == 0) ? 0 : Math.floorMod(Arrays.hashCode(data), data.length);
	}

	// the central's side

	private void checkCentral(byte[] data) throws IOException {
		List<Request> requests = CutInput.requests(this.dialect.server(RULES, Limits.DEFAULT), data, data.length);
		// without a line end it is over when nothing follows for a moment
		if (!this.dialect.name().equals("csv") || !text(data).contains("DONE:")) {
			assertThat(CutInput.requests(this.dialect.server(RULES, Limits.DEFAULT), data, cut(data)))
				.isEqualTo(requests);
		}
		for (Request request : requests) {
			if (request instanceof Request.StoreBets(Rows rows)) {
				assertRules(rows);
			}
		}
		List<Request> expected = expected(data);
		for (int i = 0; i < expected.size() && i < requests.size(); i++) {
			if (!(requests.get(i) instanceof Request.Garbage)) {
				assertThat(requests.get(i)).as("request %d", i).isEqualTo(expected.get(i));
			}
		}
	}

	/** That each row is one that a bet becomes which the rules allow. */
	static void assertRules(Rows rows) {
		String text = new String(rows.toByteArray(), StandardCharsets.UTF_8);
		List<Bet> bets = new ArrayList<>();
		for (String row : text.split("\r\n")) {
			if (!row.isEmpty()) {
				bets.add(bet(row));
			}
		}
		assertThat(bets).hasSize(rows.count()).allMatch((bet) -> bet.agency() == rows.agency());
		assertThat(Rows.of(rows.agency(), bets)).isEqualTo(rows);
	}

	/** The bet that a row without its line end is of. */
	static Bet bet(String row) {
		List<String> fields = fields(row);
		assertThat(fields).as(row).hasSize(6);
		return (Bet) RULES.check(fields.get(0), fields.get(1), fields.get(2), fields.get(3), fields.get(4),
				fields.get(5));
	}

	private static List<String> fields(String row) {
		List<String> fields = new ArrayList<>();
		StringBuilder field = new StringBuilder();
		boolean quoted = false;
		for (int i = 0; i < row.length(); i++) {
			char c = row.charAt(i);
			if (c == '"' && quoted && i + 1 < row.length() && row.charAt(i + 1) == '"') {
				field.append(c);
				i++;
			}
			else if (c == '"') {
				quoted = !quoted;
			}
			else if (c == ',' && !quoted) {
				fields.add(field.toString());
				field.setLength(0);
			}
			else {
				field.append(c);
			}
		}
		fields.add(field.toString());
		return fields;
	}

	/** Of the first messages, as many as are whole and mean something to the oracle. */
	private List<Request> expected(byte[] data) {
		TextCodec text = new TextCodec(RULES);
		return switch (this.dialect.name()) {
			case "lines" -> lines(text, data);
			case "csv" -> csv(text, data);
			case "packets" -> packets(text, data);
			case "tlv" -> tlv(text, data);
			default -> List.of();
		};
	}

	private static List<Request> lines(TextCodec codec, byte[] data) {
		List<Request> expected = new ArrayList<>();
		int from = 0;
		while (true) {
			int headerEnd = lineEnd(data, from);
			int bodyEnd = (headerEnd < 0) ? -1 : lineEnd(data, headerEnd + 1);
			if (bodyEnd < 0) {
				return expected;
			}
			byte[] header = Arrays.copyOfRange(data, from, headerEnd);
			byte[] body = Arrays.copyOfRange(data, headerEnd + 1, bodyEnd);
			String name = text(header).replace("\r", "");
			if (name.equals("H:1") || (name.equals("F:1") && text(body).startsWith("FINISHED"))) {
				return expected;
			}
			expected.add(codec.lines(header, body));
			from = bodyEnd + 1;
		}
	}

	private static List<Request> csv(TextCodec codec, byte[] data) {
		List<Request> expected = new ArrayList<>();
		int from = 0;
		for (int end = lineEnd(data, 0); end >= 0; end = lineEnd(data, from)) {
			byte[] line = Arrays.copyOfRange(data, from, end);
			if (text(line).startsWith("DONE:")) {
				break;
			}
			expected.add(codec.csv(line));
			from = end + 1;
		}
		return expected;
	}

	private static List<Request> packets(TextCodec codec, byte[] data) {
		List<Request> expected = new ArrayList<>();
		int at = 0;
		while (at + 2 <= data.length) {
			int length = (data[at] & 0xFF) << 8 | (data[at + 1] & 0xFF);
			if (length > 8190 || at + 2 + length > data.length) {
				break;
			}
			expected.add(codec.packets(Arrays.copyOfRange(data, at + 2, at + 2 + length)));
			at += 2 + length;
		}
		return expected;
	}

	private static List<Request> tlv(TextCodec codec, byte[] data) {
		List<Request> expected = new ArrayList<>();
		int at = 0;
		while (at + 5 <= data.length && List.of(1, 3, 5).contains((int) data[at]) && data[at + 1] == 0) {
			int length = (data[at + 2] & 0xFF) << 16 | (data[at + 3] & 0xFF) << 8 | (data[at + 4] & 0xFF);
			if (at + 5 + length > data.length) {
				break;
			}
			expected.add(codec.tlv(data[at], Arrays.copyOfRange(data, at + 5, at + 5 + length)));
			at += 5 + length;
		}
		return expected;
	}

	private static int lineEnd(byte[] data, int from) {
		for (int i = from; i < data.length; i++) {
			if (data[i] == '\n') {
				return i;
			}
		}
		return -1;
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	// the agency's side

	private List<ClientRequest> conversation() {
		List<ClientRequest> requests = new ArrayList<>();
		if (this.dialect.habits().greets()) {
			requests.add(new Request.Greeting(1));
			requests.add(new Request.Check(1));
		}
		if (this.dialect.echoes()) {
			requests.add(new Request.Echo("hello"));
		}
		requests.add(new ClientRequest.StoreBets(1, List.of(BET, BET)));
		if (this.dialect.habits().finish() != Finish.AWAIT) {
			requests.add(new Request.CloseAgency(1));
		}
		requests.add((this.dialect.habits().finish() == Finish.CLOSE_THEN_ASK) ? new Request.FindWinners(1)
				: new Request.AwaitWinners(OptionalInt.of(1)));
		return requests;
	}

	private void checkAgency(int first, byte[] data) throws IOException {
		List<ClientRequest> requests = conversation().subList(first, conversation().size());
		List<Object> replies = replies(requests, data, data.length);
		assertThat(replies(requests, data, cut(data))).isEqualTo(replies);
		for (Object reply : replies) {
			if (reply instanceof Reply.Winners winners) {
				assertThat(winners.documents()).isInstanceOf(DocumentList.class);
				assertThat(winners.count()).isNotNegative();
			}
		}
	}

	/** Replies, and behind them what an agency has of bytes that are none. */
	private List<Object> replies(List<ClientRequest> requests, byte[] data, int cut) throws IOException {
		ClientCodec codec = this.dialect.client(1, 10).orElseThrow();
		List<Object> replies = new ArrayList<>();
		List<ClientRequest> open = new ArrayList<>();
		for (ClientRequest request : requests) {
			codec.encode(request, OutputStream.nullOutputStream());
			if (codec.isAnswered(request)) {
				open.add(request);
			}
		}
		Inbound in = new Inbound();
		try {
			CutInput.arrive(in, Arrays.copyOf(data, cut));
			decode(codec, open, in, replies);
			CutInput.arrive(in, Arrays.copyOfRange(data, cut, data.length));
			decode(codec, open, in, replies);
			in.fill(new ByteArrayInputStream(new byte[0]));
			decode(codec, open, in, replies);
		}
		catch (ProtocolException ex) {
			replies.add(ProtocolException.class);
		}
		return replies;
	}

	private static void decode(ClientCodec codec, List<ClientRequest> open, Inbound in, List<Object> replies)
			throws ProtocolException {
		while (replies.size() < open.size()) {
			Reply reply = codec.decode(open.get(replies.size()), in);
			if (reply == null) {
				return;
			}
			replies.add(reply);
		}
	}

}
