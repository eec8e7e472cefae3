package loteria.protocol.csv;

import java.util.Optional;

import loteria.bet.BetRules;
import loteria.protocol.ClientCodec;
import loteria.protocol.Dialect;
import loteria.protocol.Inbound;
import loteria.protocol.ServerCodec;

/**
 * The dialect {@code csv}, and the bytes that both its sides know.
 */
public final class Csv implements Dialect {

	static final String NAME = "csv";

	static final char BET_SEPARATOR = ';';

	static final char FIELD_SEPARATOR = ',';

	/** In front of the agency that has finished. */
	static final String DONE = "DONE:";

	/** More than an agency takes in digits, and a carriage return. */
	static final int MAX_AGENCY_TEXT = 20;

	/** More digits than any count needs. */
	static final int COUNT_DIGITS = 9;

	/** How many bets of a refused batch were stored. */
	static final int NONE = 0;

	/** The list of winners, as Python writes a list of strings. */
	static final String LIST_BEGIN = "[";

	static final String LIST_SEPARATOR = ", ";

	static final String LIST_END = "]";

	static final String QUOTE = "'";

	/** Agencies keep a batch at or below this many bytes, line end included. */
	private static final int MAX_BATCH = 8192;

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public int port() {
		return 12347;
	}

	@Override
	public ServerCodec server(BetRules rules, Limits limits) {
		return new CsvServer(rules, limits.maxMessage());
	}

	@Override
	public Optional<ClientCodec> client(int agency, int maxBets) {
		return Optional.of(new CsvClient(agency));
	}

	@Override
	public boolean isSpokenIn(Inbound answer) {
		return answer.beginning().matches("(?s)[0-9]{1,4}\r?\n.*");
	}

	@Override
	public Habits habits() {
		return new Habits(false, false, Finish.AWAIT, Integer.MAX_VALUE, MAX_BATCH);
	}

}
