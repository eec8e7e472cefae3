package loteria.protocol.fixed;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import loteria.bet.BetRules;
import loteria.protocol.ClientCodec;
import loteria.protocol.Dialect;
import loteria.protocol.ServerCodec;

/**
 * The dialect {@code fixed}, and the bytes that both its sides know. Offsets count from
 * the beginning of a record.
 */
public final class Fixed implements Dialect {

	static final String NAME = "fixed";

	/** Chunk size in bytes, then agency. */
	static final int GREETING = 4;

	static final int RECORD = 79;

	static final int MAX_RECORDS = 103;

	static final int FIRST_NAME = 1;

	static final int LAST_NAME = 31;

	static final int NAME_BYTES = 30;

	static final int DOCUMENT = 61;

	static final int BIRTHDATE = 65;

	static final int BIRTHDATE_BYTES = 10;

	static final int NUMBER = 75;

	/** Of a document, a number, a winner. */
	static final int INTEGER = 4;

	/** Of a chunk size, an agency, the length of the winners. */
	static final int SHORT = 2;

	static final int MAX_SHORT = 0xFFFF;

	/** The highest document that four bytes hold. */
	static final long MAX_DOCUMENT = 0xFFFF_FFFFL;

	/** Document, number and status of one bet. */
	static final int RECEIPT = 9;

	static final byte STORED = 1;

	static final byte REFUSED = 0;

	/** The record after the last bet, padded to {@value #RECORD} bytes. */
	private static final byte[] END_RECORD = padded("END_MESSAGE", RECORD);

	/** The answer to the end record, padded to {@value #RECEIPT} bytes. */
	private static final byte[] END_RECEIPT = padded("END", RECEIPT);

	private static byte[] padded(String text, int length) {
		return Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), length);
	}

	static byte[] endRecord() {
		return END_RECORD.clone();
	}

	static byte[] endReceipt() {
		return END_RECEIPT.clone();
	}

	/**
	 * Whether a document reads the same after it went through four bytes: no zeros in
	 * front, and not too high.
	 */
	static boolean carries(String document) {
		return (document.length() == 1 || document.charAt(0) != '0') && carries(Long.parseLong(document));
	}

	/**
	 * @param document as a number, or &minus;1 where it has zeros in front
	 */
	static boolean carries(long document) {
		return document >= 0 && document <= MAX_DOCUMENT;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public int port() {
		return 12346;
	}

	@Override
	public ServerCodec server(BetRules rules, Limits limits) {
		return new FixedServer(rules);
	}

	@Override
	public Optional<ClientCodec> client(int agency, int maxBets) {
		return Optional.of(new FixedClient(agency, maxBets));
	}

	@Override
	public Habits habits() {
		return new Habits(false, false, Finish.CLOSE_THEN_AWAIT, MAX_RECORDS, Integer.MAX_VALUE);
	}

	@Override
	public int maxAgency() {
		return MAX_SHORT;
	}

	@Override
	public boolean countsBets() {
		return true;
	}

	/**
	 * The most records of a chunk with which the end record shares its chunk with bets:
	 * existing centrals drop the connection where it comes alone. Without such a number
	 * (no bets at all, or one bet a chunk wanted) it comes alone.
	 */
	@Override
	public int batchSize(int wanted, long bets) {
		int most = Math.min(wanted, MAX_RECORDS);
		for (int records = most; records >= 2; records--) {
			if (bets % records != 0) {
				return records;
			}
		}
		return most;
	}

}
