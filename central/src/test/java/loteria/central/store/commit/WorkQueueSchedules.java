package loteria.central.store.commit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import loteria.bet.Bet;
import loteria.bet.Rows;
import loteria.central.schedules.Schedules;
import loteria.central.store.Sequence;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The journal's queue: connections put in, one thread takes out. */
class WorkQueueSchedules {

	/** Fills the queue, so that the next one waits. */
	private static final Work LARGE = batch(400_000);

	private static Work batch(int bets) {
		Bet bet = new Bet(1, "María José", "Ñandú", "30904465", LocalDate.of(1999, 3, 17), 2201);
		return Work.batch(Sequence.ANYWHERE, Rows.of(1, Collections.nCopies(bets, bet)), 7574);
	}

	@Test
	void givesOutAllInTheOrderOfEachThatPutsIn() {
		List<Work> mine = List.of(Work.finish(1), Work.finish(2));
		List<Work> others = List.of(Work.finish(3), Work.finish(4));
		Schedules.each(250, () -> {
			WorkQueue queue = new WorkQueue(2);
			List<Work> taken = new ArrayList<>();
			Schedules.together(() -> mine.forEach(queue::put), () -> others.forEach(queue::put), () -> {
				while (taken.size() < 4) {
					List<Work> group = queue.takeGroup();
					assertThat(group).hasSizeBetween(1, 2);
					taken.addAll(group);
				}
			});
			assertThat(taken).containsExactlyInAnyOrderElementsOf(concat(mine, others));
			assertThat(taken).containsSubsequence(mine).containsSubsequence(others);
			assertThat(queue.size()).isZero();
			return null;
		});
	}

	@Test
	void letsAllInThatWaitedForRoom() {
		assertThat(LARGE.rows().length()).isGreaterThan((int) WorkQueue.MAX_BYTES);
		Schedules.each(250, () -> {
			WorkQueue queue = new WorkQueue(WorkQueue.GROUP_ENTRIES);
			AtomicInteger taken = new AtomicInteger();
			Runnable put = () -> assertThat(queue.put(LARGE)).isTrue();
			Schedules.together(put, put, put, () -> {
				while (taken.get() < 3) {
					taken.addAndGet(queue.takeGroup().size());
				}
			});
			assertThat(queue.size()).isZero();
			return null;
		});
	}

	@Test
	void losesNoWorkWhenItEnds() {
		Schedules.each(250, () -> {
			WorkQueue queue = new WorkQueue(WorkQueue.GROUP_ENTRIES);
			AtomicInteger accepted = new AtomicInteger(1);
			queue.put(Work.stop());
			AtomicInteger done = new AtomicInteger();
			Runnable put = () -> {
				if (queue.put(LARGE)) {
					accepted.incrementAndGet();
				}
			};
			Schedules.together(put, put, () -> {
				done.addAndGet(queue.takeGroup().size());
				done.addAndGet(queue.end().size());
			});
			assertThat(done).hasValue(accepted.get());
			assertThat(queue.put(LARGE)).isFalse();
			return null;
		});
	}

	private static List<Work> concat(List<Work> first, List<Work> second) {
		List<Work> all = new ArrayList<>(first);
		all.addAll(second);
		return all;
	}

}
