package loteria.protocol.tlv;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import loteria.bet.BetRules;
import loteria.protocol.ClientCodec;
import loteria.protocol.Dialect;
import loteria.protocol.Inbound;
import loteria.protocol.ServerCodec;

/**
 * The dialect {@code tlv}, and the bytes that both its sides know.
 */
public final class Tlv implements Dialect {

	static final String NAME = "tlv";

	/** One byte of opcode, {@value #LENGTH} of length. */
	static final int HEADER = 5;

	static final int LENGTH = 4;

	/** What a length can say. */
	static final long MAX_LENGTH = 0xFFFF_FFFFL;

	static final int DISCONNECT = 0;

	static final int STORE_BET = 1;

	static final int ACKNOWLEDGED = 2;

	static final int STORE_BATCH = 3;

	static final int ERROR = 4;

	static final int CLOSE_AGENCY = 5;

	static final int FIND_WINNERS = 6;

	static final int WINNERS = 7;

	static final int NOT_READY = 8;

	static final int CORRUPT = 255;

	/** Stands behind every field. */
	static final char FIELD_END = '#';

	/** In front of the index of a bet in its batch, which counts from 0. */
	static final char MARKER = '@';

	/** The fields of a bet: agency first, number last. */
	static final int BET_FIELDS = 6;

	/** More digits than any count needs. */
	static final int COUNT_DIGITS = 10;

	/** As usual as the central's limit. */
	private static final int MAX_BATCH = 1024 * 1024;

	static void send(int opcode, String data, OutputStream out) throws IOException {
		byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
		begin(opcode, bytes.length, out);
		out.write(bytes);
	}

	/** Writes all that stands in front of so many bytes of data. */
	static void begin(int opcode, long length, OutputStream stream) throws IOException {
		DataOutputStream out = new DataOutputStream(stream);
		out.writeByte(opcode);
		out.writeInt((int) length);
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public int port() {
		return 12349;
	}

	@Override
	public ServerCodec server(BetRules rules, Limits limits) {
		return new TlvServer(rules, limits.maxMessage());
	}

	@Override
	public Optional<ClientCodec> client(int agency, int maxBets) {
		return Optional.of(new TlvClient());
	}

	@Override
	public boolean isSpokenIn(Inbound answer) {
		return answer.available() >= HEADER && "\2\4\7\10\377".indexOf(answer.at(0) & 0xFF) >= 0
				&& answer.unsigned(1, LENGTH) <= 1024;
	}

	@Override
	public Habits habits() {
		return new Habits(false, true, Finish.CLOSE_THEN_ASK, Integer.MAX_VALUE, MAX_BATCH);
	}

}
