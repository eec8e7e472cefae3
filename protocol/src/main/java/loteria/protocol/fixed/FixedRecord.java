package loteria.protocol.fixed;

import loteria.bet.BetFields;
import loteria.bet.InvalidBet;
import loteria.bet.InvalidBet.Field;
import loteria.bytes.BigEndian;
import loteria.bytes.Digits;
import loteria.bytes.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Reads one record after the other as the fields of a bet without an agency: takes the
 * padding off the names, and puts the integers into digits.
 */
final class FixedRecord {

	private static final String TEXT_RULE = "UTF-8 and then zero bytes up to the end of its field";

	private static final int INTEGER_DIGITS = 10;

	/** The five fields, a byte behind each. */
	private final byte[] text = new byte[2 * (Fixed.NAME_BYTES + 1) + Fixed.BIRTHDATE_BYTES + 1
			+ 2 * (INTEGER_DIGITS + 1)];

	private final BetFields fields = new BetFields();

	private int end;

	/**
	 * @return the name that is no text, or null: then {@link #fields} has the record
	 */
	@Nullable InvalidBet read(byte[] bytes, int record) {
		this.fields.begin(this.text, 0, (byte) 0);
		this.end = 0;
		if (!putName(bytes, record + Fixed.FIRST_NAME)) {
			return noText(Field.FIRST_NAME, bytes, record + Fixed.FIRST_NAME);
		}
		if (!putName(bytes, record + Fixed.LAST_NAME)) {
			return noText(Field.LAST_NAME, bytes, record + Fixed.LAST_NAME);
		}
		putInteger(bytes, record + Fixed.DOCUMENT);
		put(bytes, record + Fixed.BIRTHDATE, Fixed.BIRTHDATE_BYTES);
		putInteger(bytes, record + Fixed.NUMBER);
		return null;
	}

	/** Of the record read last. */
	BetFields fields() {
		return this.fields;
	}

	/**
	 * @return whether the field is text, and nothing but zeros behind its first one
	 */
	private boolean putName(byte[] bytes, int from) {
		int fieldEnd = from + Fixed.NAME_BYTES;
		int nameEnd = from;
		while (nameEnd < fieldEnd && bytes[nameEnd] != 0) {
			nameEnd++;
		}
		for (int at = nameEnd; at < fieldEnd; at++) {
			if (bytes[at] != 0) {
				return false;
			}
		}
		put(bytes, from, nameEnd - from);
		return new Slice(bytes, from, nameEnd).isUtf8();
	}

	private static InvalidBet noText(Field field, byte[] bytes, int from) {
		return new InvalidBet(field, new Slice(bytes, from, from + Fixed.NAME_BYTES).text(), TEXT_RULE);
	}

	private void put(byte[] bytes, int from, int length) {
		System.arraycopy(bytes, from, this.text, this.end, length);
		endField(this.end + length);
	}

	private void putInteger(byte[] bytes, int from) {
		endField(Digits.put(BigEndian.unsigned(bytes, from, Fixed.INTEGER), this.text, this.end));
	}

	private void endField(int fieldEnd) {
		this.fields.add(fieldEnd);
		this.end = fieldEnd + 1;
	}

}
