package loteria.protocol.fixed;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import loteria.bet.Bet;
import loteria.bet.InvalidBet;
import loteria.bet.InvalidBet.Field;
import loteria.bet.Texts;
import loteria.protocol.ClientCodec;
import loteria.protocol.ClientRequest;
import loteria.protocol.Inbound;
import loteria.protocol.LengthFraming;
import loteria.protocol.ProtocolException;
import loteria.protocol.Refusal;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import org.jspecify.annotations.Nullable;

/**
 * The agency's side of {@code fixed}. The greeting goes in front of the first request. A
 * batch shorter than the chunk size is the last one: it brings the end record with it, so
 * that {@link Request.CloseAgency} then adds nothing to the wire, only a reply.
 */
final class FixedClient implements ClientCodec {

	private static final String NAME_RULE = "1 to 30 bytes of UTF-8 in dialect " + Fixed.NAME;

	private static final String DOCUMENT_RULE = "from 0 to 4294967295 without zeros in front in dialect " + Fixed.NAME;

	private static final LengthFraming WINNERS = LengthFraming.ofReplies(0, Fixed.SHORT);

	private final int agency;

	private final int maxBets;

	private boolean greeted;

	private boolean ended;

	FixedClient(int agency, int maxBets) {
		if (agency < 1 || agency > Fixed.MAX_SHORT || maxBets < 1 || maxBets > Fixed.MAX_RECORDS) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"%s carries neither agency %d nor %d bets a chunk", Fixed.NAME, agency, maxBets));
		}
		this.agency = agency;
		this.maxBets = maxBets;
	}

	@Override
	public void encode(ClientRequest request, OutputStream stream) throws IOException {
		DataOutputStream out = new DataOutputStream(stream);
		if (!this.greeted) {
			out.writeShort(this.maxBets * Fixed.RECORD);
			out.writeShort(this.agency);
			this.greeted = true;
		}
		switch (request) {
			case ClientRequest.StoreBets(int _, List<Bet> bets) -> {
				for (Bet bet : bets) {
					write(bet, out);
				}
				if (bets.size() < this.maxBets) {
					end(out);
				}
			}
			case Request.CloseAgency _ -> end(out);
			case Request.AwaitWinners _ -> {
			}
			default -> throw ClientCodec.unknown(Fixed.NAME, request);
		}
	}

	private void end(OutputStream out) throws IOException {
		if (!this.ended) {
			out.write(Fixed.endRecord());
			this.ended = true;
		}
	}

	private void write(Bet bet, DataOutputStream out) throws IOException {
		out.writeByte(this.agency);
		out.write(padded(bet.firstName(), Fixed.NAME_BYTES));
		out.write(padded(bet.lastName(), Fixed.NAME_BYTES));
		out.writeInt(document(bet));
		out.write(padded(bet.birthdate().toString(), Fixed.BIRTHDATE_BYTES));
		out.writeInt(bet.number());
	}

	private static byte[] padded(String text, int bytes) {
		return Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), bytes);
	}

	/** The four bytes of an unsigned document. */
	private static int document(Bet bet) {
		return (int) Long.parseLong(bet.document());
	}

	@Override
	public @Nullable Reply decode(ClientRequest request, Inbound in) throws ProtocolException {
		return switch (request) {
			case ClientRequest.StoreBets(int _, List<Bet> bets) -> receipts(bets, in);
			case Request.CloseAgency _ -> endReceipt(in);
			case Request.AwaitWinners _ -> winners(in);
			default -> throw new ProtocolException(Fixed.NAME, "nothing", in);
		};
	}

	private static @Nullable Reply receipts(List<Bet> bets, Inbound in) throws ProtocolException {
		int length = bets.size() * Fixed.RECEIPT;
		if (in.available() < length) {
			return null;
		}
		boolean stored = true;
		for (int i = 0; i < bets.size(); i++) {
			stored &= isStored(bets.get(i), in, i * Fixed.RECEIPT);
		}
		in.skip(length);
		return stored ? new Reply.Stored(bets.size()) : new Reply.Refused(Refusal.UNSAID);
	}

	/**
	 * The receipt of a refused bet is believed whatever it says of document and number:
	 * there is nothing to lose by it.
	 */
	private static boolean isStored(Bet bet, Inbound in, int receipt) throws ProtocolException {
		byte status = in.at(receipt + Fixed.RECEIPT - 1);
		if (status == Fixed.REFUSED) {
			return false;
		}
		if (status != Fixed.STORED || (int) in.unsigned(receipt, Fixed.INTEGER) != document(bet)
				|| in.unsigned(receipt + Fixed.INTEGER, Fixed.INTEGER) != bet.number()) {
			throw new ProtocolException(Fixed.NAME,
					"the receipt of document " + bet.document() + ", number " + bet.number(), in);
		}
		return true;
	}

	private static @Nullable Reply endReceipt(Inbound in) throws ProtocolException {
		byte[] expected = Fixed.endReceipt();
		for (int i = 0; i < expected.length; i++) {
			if (i >= in.available()) {
				return null;
			}
			if (in.at(i) != expected[i]) {
				throw new ProtocolException(Fixed.NAME, "END and 6 zero bytes", in);
			}
		}
		in.skip(expected.length);
		return new Reply.Acknowledged();
	}

	private static @Nullable Reply winners(Inbound in) throws ProtocolException {
		if (in.available() >= Fixed.SHORT && in.unsigned(0, Fixed.SHORT) % Fixed.INTEGER != 0) {
			throw new ProtocolException(Fixed.NAME, "a length that is a multiple of 4", in);
		}
		int length = WINNERS.complete(in, Fixed.NAME);
		if (length == 0) {
			return null;
		}
		List<String> documents = new ArrayList<>(length / Fixed.INTEGER);
		for (int i = Fixed.SHORT; i < length; i += Fixed.INTEGER) {
			documents.add(Long.toString(in.unsigned(i, Fixed.INTEGER)));
		}
		in.skip(length);
		return new Reply.Winners(documents);
	}

	@Override
	public @Nullable InvalidBet refusal(Bet bet) {
		if (Texts.utf8Length(bet.firstName()) > Fixed.NAME_BYTES) {
			return new InvalidBet(Field.FIRST_NAME, bet.firstName(), NAME_RULE);
		}
		if (Texts.utf8Length(bet.lastName()) > Fixed.NAME_BYTES) {
			return new InvalidBet(Field.LAST_NAME, bet.lastName(), NAME_RULE);
		}
		return Fixed.carries(bet.document()) ? null : new InvalidBet(Field.DOCUMENT, bet.document(), DOCUMENT_RULE);
	}

	@Override
	public int size(Bet bet) {
		return Fixed.RECORD;
	}

	/** The greeting and the end record. */
	@Override
	public int overhead() {
		return Fixed.GREETING + Fixed.RECORD;
	}

}
