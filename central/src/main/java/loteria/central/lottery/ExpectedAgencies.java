package loteria.central.lottery;

import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import loteria.bet.BetRules;
import loteria.bet.InvalidBet;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The agencies that a draw waits for: a number of any, or a list, and then no others take
 * part.
 */
public final class ExpectedAgencies {

	private static final int MAX = 1_000_000;

	/** In words that follow "must be". */
	public static final String FORM = "a number from 1 to " + MAX
			+ ", or a list of at most as many agencies, each of them once, such as 1-5,8";

	/** Of a long list. */
	private static final int SHOWN = 200;

	private final String text;

	private final int count;

	/** From the first agency of each range to its last; empty where any will do. */
	private final NavigableMap<Integer, Integer> ranges;

	private ExpectedAgencies(String text, int count, NavigableMap<Integer, Integer> ranges) {
		this.text = text;
		this.count = count;
		this.ranges = ranges;
	}

	/**
	 * Whichever agencies finish first.
	 */
	public static ExpectedAgencies any(int count) {
		return new ExpectedAgencies(Integer.toString(count), count, new TreeMap<>());
	}

	/**
	 * Reads a number, or a list of agencies and of ranges with commas between them; a
	 * single agency is {@code 7-7}. A range costs no more than an agency.
	 * @return empty where the text is neither
	 */
	public static Optional<ExpectedAgencies> parse(String text) {
		String stripped = text.strip();
		if (stripped.indexOf(',') < 0 && stripped.indexOf('-') < 0) {
			int number = BetRules.agency(stripped);
			return (number < 1 || number > MAX) ? Optional.empty() : Optional.of(any(number));
		}
		NavigableMap<Integer, Integer> ranges = new TreeMap<>();
		long count = 0;
		for (String item : stripped.split(",", -1)) {
			int dash = item.indexOf('-');
			int first = BetRules.agency(((dash < 0) ? item : item.substring(0, dash)).strip());
			int last = BetRules.agency(item.substring(dash + 1).strip());
			if (first < 1 || last < first || overlap(ranges, first, last)) {
				return Optional.empty();
			}
			ranges.put(first, last);
			count += last - first + 1L;
		}
		return (count > MAX) ? Optional.empty()
				: Optional.of(new ExpectedAgencies(InvalidBet.printable(stripped, SHOWN), (int) count, ranges));
	}

	private static boolean overlap(NavigableMap<Integer, Integer> ranges, int first, int last) {
		Map.Entry<Integer, Integer> before = ranges.floorEntry(last);
		return before != null && before.getValue() >= first;
	}

	/** How many. */
	public int count() {
		return this.count;
	}

	/** Whether it is known which. */
	public boolean areListed() {
		return !this.ranges.isEmpty();
	}

	public boolean include(int agency) {
		if (!areListed()) {
			return true;
		}
		Map.Entry<Integer, Integer> range = this.ranges.floorEntry(agency);
		return range != null && agency <= range.getValue();
	}

	/** Why an agency takes no part, or null if it does. */
	@Nullable Refusal refusal(int agency) {
		return include(agency) ? null : new Refusal(Reason.UNKNOWN_AGENCY,
				"agency " + agency + " is not among central.agencies=" + this.text);
	}

	/**
	 * Why an agency that does not say which it is takes no part, or null if it does.
	 */
	@Nullable Refusal refusalOfUnnamed(Unnamed unnamed) {
		if (!areListed() && unnamed != Unnamed.OFF) {
			return null;
		}
		return new Refusal(Reason.UNKNOWN_AGENCY, "an agency that has not said which it is, by a bet or a greeting; "
				+ (areListed() ? "central.agencies=" + this.text : "central.draw.unnamed=off"));
	}

	/** Those among {@code agencies} that are expected. */
	long countOf(Collection<Integer> agencies) {
		return areListed() ? agencies.stream().filter(this::include).count() : agencies.size();
	}

	/** Those that are not in {@code agencies}, ascending; none where any will do. */
	Stream<Integer> without(Collection<Integer> agencies) {
		return this.ranges.entrySet()
			.stream()
			.flatMapToInt((range) -> IntStream.rangeClosed(range.getKey(), range.getValue()))
			.boxed()
			.filter((agency) -> !agencies.contains(agency));
	}

	/** The same text for the same agencies, however the setting says it. */
	public String canonical() {
		if (!areListed()) {
			return this.text;
		}
		StringJoiner joined = new StringJoiner(",");
		int first = this.ranges.firstKey();
		for (Map.Entry<Integer, Integer> range : this.ranges.entrySet()) {
			Integer next = this.ranges.higherKey(range.getKey());
			if (next == null || next - 1 != range.getValue()) {
				joined.add(first + "-" + range.getValue());
				first = (next != null) ? next : 0;
			}
		}
		return joined.toString();
	}

	/** The same as ranges, such as {@code 1-5,8}. */
	String rangesWithout(Collection<Integer> agencies) {
		StringBuilder ranges = new StringBuilder();
		int[] range = { 0, -1 };
		without(agencies).forEachOrdered((agency) -> {
			if (agency != range[1] + 1) {
				append(ranges, range[0], range[1]);
				range[0] = agency;
			}
			range[1] = agency;
		});
		append(ranges, range[0], range[1]);
		return ranges.toString();
	}

	private static void append(StringBuilder ranges, int first, int last) {
		if (last >= first) {
			ranges.append(ranges.isEmpty() ? "" : ",").append(first).append((last > first) ? "-" + last : "");
		}
	}

	/** As in the setting. */
	@Override
	public String toString() {
		return this.text;
	}

}
