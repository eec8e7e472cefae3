package loteria.central.store.file;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import loteria.central.store.Sequence;
import loteria.central.store.commit.Work;
import loteria.central.store.disk.Tip;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class BetsQueueTests {

	private final BetsQueue queue = new BetsQueue();

	static Stream<List<Work>> groups() {
		return Stream.of(group(4096, 1), group(16, 1000));
	}

	private static List<Work> group(int batches, int bets) {
		return Collections.nCopies(batches, Work.batch(Sequence.ANYWHERE, Samples.batch(1, 0, bets), 7574));
	}

	/** The journal then waits for bets.csv. */
	@ParameterizedTest
	@MethodSource("groups")
	void takesNoMoreThanMemoryIsKeptFor(List<Work> group) throws Exception {
		CompletableFuture<Void> puts = CompletableFuture.runAsync(() -> {
			for (int i = 0; i < 100; i++) {
				this.queue.put(group, new Tip(0, 0, 0, 0));
			}
		});
		int taken = 0;
		while (taken < 100 * group.size()) {
			BetsQueue.Task task = this.queue.take();
			assertThat(task).isNotNull();
			taken += task.group().size();
			assertThat(this.queue.works()).isLessThan(40_000);
		}
		puts.get(60, TimeUnit.SECONDS);
		assertThat(this.queue.works()).isZero();
	}

}
