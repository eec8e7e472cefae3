package pipes;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

import loteria.bet.BetRules;
import loteria.bytes.Slice;
import loteria.protocol.BatchDecoder;
import loteria.protocol.Dialect;
import loteria.protocol.Inbound;
import loteria.protocol.LineFraming;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import loteria.protocol.ServerCodec;

/**
 * A message is a line. {@code BET 1|Ana|Paz|30904465|1999-03-17|7574} is answered with
 * {@code OK} or {@code NO}; {@code END 1}, once the draw has happened, with {@code WON}
 * and the documents of agency 1's winners.
 */
public final class Pipes implements Dialect {

	@Override
	public String name() {
		return "pipes";
	}

	@Override
	public int port() {
		return 12350;
	}

	@Override
	public Habits habits() {
		return new Habits(false, false, Finish.AWAIT, 1, 8192);
	}

	@Override
	public ServerCodec server(BetRules rules, Limits limits) {
		return new Server(rules, limits.maxMessage());
	}

	private static final class Server implements ServerCodec {

		private static final String BET = "BET ";

		private static final String END = "END ";

		private final BatchDecoder batch;

		private final LineFraming framing;

		Server(BetRules rules, int maxMessage) {
			this.batch = new BatchDecoder(rules);
			this.framing = new LineFraming("a line", 1, maxMessage);
		}

		@Override
		public Request decode(Inbound in) {
			return this.framing.decode(in, this::meaning);
		}

		private Request meaning(Slice message) {
			Slice line = message.without(LineFraming.RETURN);
			if (!line.isUtf8()) {
				return new Request.Unacceptable(new Refusal(Reason.NOT_UTF8, "the line"));
			}
			if (line.startsWith(BET)) {
				this.batch.begin(line.length());
				this.batch.addOne(line.after(line.from() + BET.length()), '|');
				return this.batch.finish();
			}
			if (line.startsWith(END)) {
				return this.batch.of(line.after(line.from() + END.length()),
						(agency) -> new Request.AwaitWinners(OptionalInt.of(agency)));
			}
			return new Request.Garbage(new Refusal(Reason.UNKNOWN_MESSAGE, "a line of neither BET nor END"));
		}

		@Override
		public OptionalInt agency() {
			return this.batch.named();
		}

		@Override
		public After encode(Request request, Reply reply, OutputStream out) throws IOException {
			switch (reply) {
				case Reply.Stored stored -> write("OK\n", out);
				case Reply.Refused refused -> write("NO\n", out);
				case Reply.Winners winners -> {
					write((winners.count() == 0) ? "WON" : "WON ", out);
					winners.documents().write(" ", out);
					write("\n", out);
				}
				default -> {
					// this dialect asks for nothing that these answer
				}
			}
			return (request instanceof Request.StoreBets || request instanceof Request.Unacceptable) ? After.GO_ON
					: After.CLOSE;
		}

		private static void write(String text, OutputStream out) throws IOException {
			out.write(text.getBytes(StandardCharsets.US_ASCII));
		}

	}

}
