package loteria.protocol.packets;

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
 * The dialect {@code packets}, and the bytes that both its sides know.
 */
public final class Packets implements Dialect {

	static final String NAME = "packets";

	/** The length of what follows, in front of every packet. */
	static final int LENGTH = 2;

	/** What a length can say. */
	static final int MAX_LENGTH = 0xFFFF;

	/** The most bytes an agency may have behind the length. */
	static final int MAX_FROM_AGENCY = 8190;

	static final char TYPE_END = ':';

	static final char BET_SEPARATOR = ':';

	static final char FIELD_SEPARATOR = ';';

	static final char DOCUMENT_SEPARATOR = ';';

	static final String STORE_BET = "StoreBet";

	static final String STORE_BATCH = "StoreBatch";

	static final String STORE_RESPONSE = "StoreResponse";

	static final String STORED = "0";

	static final String REFUSED = "1";

	static final String AGENCY_CLOSE = "AgencyClose";

	static final String WINNERS_REQUEST = "WinnersRequest";

	static final String WINNERS_RESPONSE = "WinnersResponse";

	static final String NOT_READY_RESPONSE = "NotReadyResponse";

	static void send(String type, String payload, OutputStream out) throws IOException {
		byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
		begin(type, type.length() + 1 + bytes.length, out);
		out.write(bytes);
	}

	/**
	 * Writes all that stands in front of a payload.
	 * @param length of the type, its end and the payload
	 */
	static void begin(String type, int length, OutputStream out) throws IOException {
		if (length > MAX_LENGTH) {
			throw new IllegalArgumentException(type + " of " + length + " bytes");
		}
		new DataOutputStream(out).writeShort(length);
		out.write((type + TYPE_END).getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public int port() {
		return 12348;
	}

	@Override
	public ServerCodec server(BetRules rules, Limits limits) {
		return new PacketsServer(rules, Math.min(MAX_FROM_AGENCY, limits.maxMessage() - LENGTH));
	}

	@Override
	public Optional<ClientCodec> client(int agency, int maxBets) {
		return Optional.of(new PacketsClient());
	}

	@Override
	public boolean isSpokenIn(Inbound answer) {
		return answer.beginning().matches("(?s)..(Store|NotReady|Winners)Response.*");
	}

	@Override
	public Habits habits() {
		return new Habits(false, true, Finish.CLOSE_THEN_ASK, Integer.MAX_VALUE, LENGTH + MAX_FROM_AGENCY);
	}

}
