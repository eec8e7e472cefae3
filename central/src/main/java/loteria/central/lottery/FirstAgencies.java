package loteria.central.lottery;

import java.util.Collection;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Agencies for people to look at: as many as one can take in, and how many there are.
 *
 * @param agencies the lowest, ascending
 * @param total at least as many
 */
public record FirstAgencies(List<Integer> agencies, long total) {

	private static final int MOST = 20;

	static FirstAgencies of(Collection<Integer> all) {
		return of(all.stream().sorted(), all.size());
	}

	/**
	 * @param ascending of which no more is asked for than is shown
	 */
	static FirstAgencies of(Stream<Integer> ascending, long total) {
		return new FirstAgencies(ascending.limit(MOST).toList(), total);
	}

	/**
	 * @param how to say one
	 */
	String describe(IntFunction<String> how) {
		if (this.agencies.isEmpty()) {
			return "none";
		}
		String shown = this.agencies.stream().map(how::apply).collect(Collectors.joining(", "));
		long more = this.total - this.agencies.size();
		return (more > 0) ? shown + " and " + more + " more" : shown;
	}

	@Override
	public String toString() {
		return describe(Integer::toString);
	}

}
