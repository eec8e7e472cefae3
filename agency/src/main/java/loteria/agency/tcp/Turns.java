package loteria.agency.tcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Whose turn it is where several will do: each connection begins with the next one, so
 * that those of one agency spread over all, and those of agencies that count from one on
 * begin at different places. Who could not be reached a moment ago comes last: a host
 * that vanished would cost each of its turns the time until that is certain.
 */
final class Turns {

	/** For a central to be started again, or be found to be gone. */
	private static final Duration REST = Duration.ofSeconds(10);

	private final LongSupplier nanoTime;

	private final Map<Object, Long> failures = new HashMap<>();

	private int turn;

	Turns(int first, LongSupplier nanoTime) {
		this.turn = first;
		this.nanoTime = nanoTime;
	}

	/** Returns how many turns there have been before this one. */
	int next() {
		return this.turn++;
	}

	/**
	 * @param last who comes behind the others, whoever's turn it is
	 */
	<T> List<T> order(List<T> all, int turn, Predicate<T> last) {
		List<T> order = rotated(all.stream().filter(last.negate()).toList(), turn);
		order.addAll(rotated(all.stream().filter(last).toList(), turn));
		order.sort(Comparator.comparing(this::rests));
		return order;
	}

	private static <T> List<T> rotated(List<T> all, int turn) {
		List<T> rotated = new ArrayList<>(all);
		Collections.rotate(rotated, -Math.floorMod(turn, Math.max(1, all.size())));
		return rotated;
	}

	void failed(Object one) {
		this.failures.put(one, this.nanoTime.getAsLong());
	}

	private boolean rests(Object one) {
		Long failure = this.failures.get(one);
		if (failure != null && this.nanoTime.getAsLong() - failure >= REST.toNanos()) {
			this.failures.remove(one);
			return false;
		}
		return failure != null;
	}

}
