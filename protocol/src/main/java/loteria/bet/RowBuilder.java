package loteria.bet;

import loteria.bet.InvalidBet.Field;
import loteria.bet.NameBytes.Kind;
import loteria.bytes.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows of one batch after the other out of the bytes that arrived: says of each
 * bet what {@link BetRules} say of its text, and appends what {@link BetRow} makes of it,
 * with no object in between. Used by one thread at a time.
 */
public final class RowBuilder {

	private final BetRules rules;

	private final RowBuffer rows = new RowBuffer();

	private int latestBirthdate;

	private int count;

	private int agency;

	public RowBuilder(BetRules rules) {
		this.rules = rules;
	}

	/**
	 * Begins a batch, on the day that it is now.
	 * @param likely bytes of all its rows
	 */
	public void begin(int likely) {
		this.rows.begin(likely);
		this.latestBirthdate = this.rules.latestBirthdate();
		this.count = 0;
		this.agency = 0;
	}

	/**
	 * Appends the row of a bet in the fields agency, firstName, lastName, document,
	 * birthdate, number, in valid UTF-8.
	 * @return the first rule that it breaks, or null
	 */
	public @Nullable InvalidBet add(BetFields fields) {
		if (fields.count() != BetFields.MOST) {
			return BetRules.wrongFieldCount(fields.excerpt(), fields.count(), BetFields.MOST);
		}
		int said = agency(fields);
		return (said == 0) ? BetRules.invalidAgency(fields.excerpt(0)) : add(said, fields, 1);
	}

	/**
	 * The same of a bet without the first field.
	 * @param known the agency, hence valid
	 */
	public @Nullable InvalidBet add(int known, BetFields fields) {
		if (fields.count() != BetFields.MOST - 1) {
			return BetRules.wrongFieldCount(fields.excerpt(), fields.count(), BetFields.MOST - 1);
		}
		return add(known, fields, 0);
	}

	private @Nullable InvalidBet add(int betsAgency, BetFields fields, int first) {
		byte[] bytes = fields.bytes();
		int firstFrom = NameBytes.begin(bytes, fields.from(first), fields.end(first));
		int firstEnd = NameBytes.end(bytes, firstFrom, fields.end(first));
		Kind firstName = NameBytes.kind(bytes, firstFrom, firstEnd);
		if (firstName == Kind.NONE) {
			return BetRules.invalidName(Field.FIRST_NAME, fields.excerpt(first));
		}
		int lastFrom = NameBytes.begin(bytes, fields.from(first + 1), fields.end(first + 1));
		int lastEnd = NameBytes.end(bytes, lastFrom, fields.end(first + 1));
		Kind lastName = NameBytes.kind(bytes, lastFrom, lastEnd);
		if (lastName == Kind.NONE) {
			return BetRules.invalidName(Field.LAST_NAME, fields.excerpt(first + 1));
		}
		if (!ByteRules.isDocument(bytes, fields.from(first + 2), fields.end(first + 2))) {
			return BetRules.invalidDocument(fields.excerpt(first + 2));
		}
		int date = ByteRules.date(bytes, fields.from(first + 3), fields.end(first + 3));
		if (date == 0) {
			return BetRules.invalidDate(fields.excerpt(first + 3));
		}
		if (date > this.latestBirthdate) {
			return BetRules.futureDate(fields.excerpt(first + 3));
		}
		int number = ByteRules.number(bytes, fields.from(first + 4), fields.end(first + 4));
		if (number < 0) {
			return BetRules.invalidNumber(fields.excerpt(first + 4));
		}
		this.rows.beginRow();
		this.rows.putNumber(betsAgency);
		this.rows.put(',');
		boolean trimmed = firstEnd - firstFrom + lastEnd - lastFrom < fields.end(first + 1) - fields.from(first) - 1;
		if (firstName == Kind.PLAIN && lastName == Kind.PLAIN && !trimmed) {
			putAsTheyLie(fields, first);
		}
		else {
			put(firstName, bytes, firstFrom, firstEnd);
			put(lastName, bytes, lastFrom, lastEnd);
			put(Kind.PLAIN, bytes, fields.from(first + 2), fields.end(first + 2));
			put(Kind.PLAIN, bytes, fields.from(first + 3), fields.end(first + 3));
		}
		this.rows.putNumber(number);
		this.rows.put('\r');
		this.rows.put('\n');
		this.agency = betsAgency;
		this.count++;
		return null;
	}

	/** All of them at once, then commas for what was between them. */
	private void putAsTheyLie(BetFields fields, int first) {
		int behind = fields.end(first + 3) + 1;
		this.rows.put(fields.bytes(), fields.from(first), behind);
		for (int field = first; field < first + 4; field++) {
			this.rows.replace(behind - fields.end(field), ',');
		}
	}

	private void put(Kind kind, byte[] bytes, int from, int end) {
		if (kind == Kind.QUOTED) {
			this.rows.putQuoted(bytes, from, end);
		}
		else {
			this.rows.put(bytes, from, end);
		}
		this.rows.put(',');
	}

	/** Of the bet appended last. */
	public int agency() {
		return this.agency;
	}

	/** How many rows were appended. */
	public int count() {
		return this.count;
	}

	/**
	 * Ends the batch.
	 * @param owner the agency of all rows
	 */
	public Rows rows(int owner) {
		return this.rows.handOut(owner, this.count);
	}

	/**
	 * What a bet says of its agency, be it right in all else or not.
	 * @return the agency, or 0 where there is none
	 */
	public static int agency(BetFields fields) {
		return (fields.count() == 0) ? 0 : ByteRules.agency(fields.bytes(), fields.from(0), fields.end(0));
	}

	/**
	 * Reads an agency that stands in a message of its own.
	 * @return the agency, or 0 where there is none
	 */
	public static int agency(Slice text) {
		return ByteRules.agency(text.bytes(), text.from(), text.end());
	}

}
