package loteria.bet;

import loteria.bytes.Digits;

/**
 * What {@link BetRules} say of text, of the same text in UTF-8: a field is the bytes
 * between {@code from} and {@code end}.
 */
final class ByteRules {

	private static final int DATE_BYTES = 10;

	private static final int[] DAYS = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	private ByteRules() {
	}

	/**
	 * @return the agency, or 0 where there is none
	 */
	static int agency(byte[] bytes, int from, int end) {
		long value = Digits.value(bytes, from, end, BetRules.MAX_DIGITS);
		return (value >= 1 && value <= Integer.MAX_VALUE) ? (int) value : 0;
	}

	static boolean isDocument(byte[] bytes, int from, int end) {
		return Digits.value(bytes, from, end, BetRules.MAX_DOCUMENT_DIGITS) >= 0;
	}

	/**
	 * @return the number, or &minus;1 where there is none
	 */
	static int number(byte[] bytes, int from, int end) {
		long value = Digits.value(bytes, from, end, BetRules.MAX_DIGITS);
		return (value <= BetRules.MAX_NUMBER) ? (int) value : -1;
	}

	/**
	 * @return a real date as the number {@code yyyymmdd}, or 0 where there is none
	 */
	static int date(byte[] bytes, int from, int end) {
		if (end - from != DATE_BYTES || bytes[from + 4] != '-' || bytes[from + 7] != '-') {
			return 0;
		}
		int year = (int) Digits.value(bytes, from, from + 4, 4);
		int month = (int) Digits.value(bytes, from + 5, from + 7, 2);
		int day = (int) Digits.value(bytes, from + 8, end, 2);
		boolean real = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(month, year);
		return real ? (year * 100 + month) * 100 + day : 0;
	}

	private static int daysOf(int month, int year) {
		boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
		return (month == 2 && leap) ? 29 : DAYS[month - 1];
	}

}
