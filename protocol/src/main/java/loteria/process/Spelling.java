package loteria.process;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * The name that was probably meant by one that does not exist.
 */
public final class Spelling {

	private Spelling() {
	}

	/**
	 * The name from which {@code written} differs in the fewest letters, case aside, if
	 * these are few enough for a slip.
	 */
	public static Optional<String> nearest(String written, Collection<String> names) {
		String lower = written.toLowerCase(Locale.ROOT);
		int most = Math.max(1, written.length() / 3);
		return names.stream()
			.filter((name) -> distance(lower, name.toLowerCase(Locale.ROOT)) <= most)
			.min(Comparator.comparingInt((name) -> distance(lower, name.toLowerCase(Locale.ROOT))));
	}

	/**
	 * How many letters must be put in, left out, changed, or swapped with the next to
	 * make one of the other.
	 */
	private static int distance(String one, String other) {
		int[] beforeLast = new int[other.length() + 1];
		int[] last = new int[other.length() + 1];
		Arrays.setAll(last, (j) -> j);
		for (int i = 1; i <= one.length(); i++) {
			int[] row = new int[other.length() + 1];
			row[0] = i;
			for (int j = 1; j <= other.length(); j++) {
				int changed = (one.charAt(i - 1) == other.charAt(j - 1)) ? 0 : 1;
				row[j] = Math.min(last[j - 1] + changed, Math.min(last[j], row[j - 1]) + 1);
				boolean swapped = i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2)
						&& one.charAt(i - 2) == other.charAt(j - 1);
				row[j] = swapped ? Math.min(row[j], beforeLast[j - 2] + 1) : row[j];
			}
			beforeLast = last;
			last = row;
		}
		return last[other.length()];
	}

}
