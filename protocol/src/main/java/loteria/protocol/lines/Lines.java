package loteria.protocol.lines;

import java.util.Optional;

import loteria.bet.BetRules;
import loteria.protocol.ClientCodec;
import loteria.protocol.Dialect;
import loteria.protocol.Inbound;
import loteria.protocol.ServerCodec;

/**
 * The dialect {@code lines}, and the bytes that both its sides know.
 */
public final class Lines implements Dialect {

	static final String NAME = "lines";

	static final char BET_SEPARATOR = '~';

	static final char FIELD_SEPARATOR = ';';

	static final String STORE = "S:";

	static final String FINISH = "F:1";

	static final String FINISHED = "FINISHED";

	static final String ECHO = "E:1";

	static final String GREETING = "H:";

	static final String GREET = GREETING + "1";

	static final String CHECKING = "V:";

	static final String CHECK = CHECKING + "1";

	static final String OPEN = "OPEN";

	static final String CLOSED = "CLOSED";

	static final String RESULT = "R:1";

	static final String OK = "OK";

	static final String FAIL = "FAIL";

	static final String WINNERS = "W:";

	static final String NO_WINNERS = "N";

	/** More digits than any count needs, and few enough to fit a {@code long}. */
	static final int COUNT_DIGITS = 10;

	static final int SHA256_DIGITS = 64;

	/**
	 * Agencies keep a batch at or below this many bytes, header and line ends included.
	 */
	private static final int MAX_BATCH = 8192;

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public int port() {
		return 12345;
	}

	@Override
	public ServerCodec server(BetRules rules, Limits limits) {
		return new LinesServer(rules, limits.maxMessage());
	}

	@Override
	public Optional<ClientCodec> client(int agency, int maxBets) {
		return Optional.of(new LinesClient());
	}

	@Override
	public boolean isSpokenIn(Inbound answer) {
		return answer.beginning().matches("(?s)([RE]:1|[WHV]:[0-9]+)\r?\n.*");
	}

	@Override
	public Habits habits() {
		return new Habits(true, false, Finish.AWAIT, Integer.MAX_VALUE, MAX_BATCH);
	}

	@Override
	public boolean echoes() {
		return true;
	}

}
