package loteria.bet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import loteria.bytes.Scan;

/**
 * The row of {@code bets.csv}:
 * {@code agency,firstName,lastName,document,birthdate,number} in UTF-8, ended by CR LF, a
 * field in quotes only where it holds a comma or a quote. Byte for byte what
 * {@code csv.writer} of Python 3 makes of the same bet, so that tools made for those
 * files keep working. A row is one line: no rule-abiding name holds a line end.
 */
public final class BetRow {

	private static final int TYPICAL_BYTES = 64;

	/** No day is later. */
	private static final BetRules EVER = new BetRules(
			Clock.fixed(Instant.parse("9999-12-30T00:00:00Z"), ZoneOffset.UTC));

	private BetRow() {
	}

	/**
	 * @return the rows of {@code bets}, in their order
	 */
	public static byte[] encode(List<Bet> bets) {
		ByteArrayOutputStream rows = new ByteArrayOutputStream(bets.size() * TYPICAL_BYTES);
		StringBuilder row = new StringBuilder(TYPICAL_BYTES);
		for (Bet bet : bets) {
			row.setLength(0);
			append(row, bet);
			rows.writeBytes(row.toString().getBytes(StandardCharsets.UTF_8));
		}
		return rows.toByteArray();
	}

	/**
	 * Reads the two fields that the draw needs, without a CSV parser: they stand behind
	 * the last commas, and are digits alone.
	 * @param rows holds a row from {@code from} to {@code end}, its line end excluded
	 * @param into gets the document if the row bets on {@code number}
	 * @return whether it does
	 */
	public static boolean addIfBetOn(int number, byte[] rows, int from, int end, DocumentList into) {
		int rest = number;
		int at = end - 1;
		do {
			if (at < from || rows[at--] != '0' + rest % 10) {
				return false;
			}
			rest /= 10;
		}
		while (rest > 0);
		if (at < from || rows[at] != ',') {
			return false;
		}
		int dateComma = lastComma(rows, from, at);
		int documentComma = lastComma(rows, from, dateComma);
		return documentComma >= 0 && into.add(rows, documentComma + 1, dateComma);
	}

	private static int rowEnd(byte[] rows, int from, int end) {
		return Scan.indexOf((byte) '\n', rows, from, end);
	}

	static int lastComma(byte[] rows, int from, int end) {
		for (int at = end - 1; at >= from; at--) {
			if (rows[at] == ',') {
				return at;
			}
		}
		return -1;
	}

	/**
	 * The documents of the rows that bet on {@code number}, in their order.
	 * @param rows holds whole rows from {@code from} to {@code end}
	 */
	public static DocumentList documentsBetOn(int number, byte[] rows, int from, int end) {
		DocumentList documents = new DocumentList();
		int row = from;
		for (int at = rowEnd(rows, row, end); at >= 0; at = rowEnd(rows, row, end)) {
			addIfBetOn(number, rows, row, (at > row) ? at - 1 : at, documents);
			row = at + 1;
		}
		return documents;
	}

	/**
	 * Whether a row, its line end included, is what {@link #encode} makes of a bet that
	 * obeys the rules, on whatever day it was stored.
	 */
	public static boolean isRow(byte[] rows, int from, int end) {
		List<String> fields = fields(new String(rows, from, end - from, StandardCharsets.UTF_8).stripTrailing());
		return fields.size() == BetFields.MOST
				&& EVER.check(fields.get(0), fields.get(1), fields.get(2), fields.get(3), fields.get(4),
						fields.get(5)) instanceof Bet bet
				&& Arrays.equals(encode(List.of(bet)), Arrays.copyOfRange(rows, from, end));
	}

	private static List<String> fields(String row) {
		List<String> fields = new ArrayList<>();
		StringBuilder field = new StringBuilder();
		boolean quoted = false;
		for (int i = 0; i < row.length(); i++) {
			char c = row.charAt(i);
			if (c == ',' && !quoted) {
				fields.add(field.toString());
				field.setLength(0);
			}
			else if (c != '"') {
				field.append(c);
			}
			else {
				// two in a quoted field are one
				if (!quoted && i > 0 && row.charAt(i - 1) == '"') {
					field.append(c);
				}
				quoted = !quoted;
			}
		}
		fields.add(field.toString());
		return fields;
	}

	/**
	 * @return the agency at the start of the row, or 0 if there is none
	 */
	public static int agency(byte[] rows, int from, int end) {
		int comma = Scan.indexOf((byte) ',', rows, from, end);
		return ByteRules.agency(rows, from, (comma < 0) ? end : comma);
	}

	private static void append(StringBuilder row, Bet bet) {
		row.append(bet.agency()).append(',');
		appendText(row, bet.firstName());
		row.append(',');
		appendText(row, bet.lastName());
		row.append(',').append(bet.document()).append(',');
		appendDate(row, bet.birthdate());
		row.append(',').append(bet.number()).append("\r\n");
	}

	private static void appendText(StringBuilder row, String text) {
		if (text.indexOf(',') < 0 && text.indexOf('"') < 0) {
			row.append(text);
		}
		else {
			row.append('"').append(text.replace("\"", "\"\"")).append('"');
		}
	}

	private static void appendDate(StringBuilder row, LocalDate date) {
		appendPadded(row, date.getYear() / 100);
		appendPadded(row, date.getYear() % 100);
		row.append('-');
		appendPadded(row, date.getMonthValue());
		row.append('-');
		appendPadded(row, date.getDayOfMonth());
	}

	private static void appendPadded(StringBuilder row, int value) {
		row.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
	}

}
