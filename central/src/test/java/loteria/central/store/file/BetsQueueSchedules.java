package loteria.central.store.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import loteria.central.schedules.Schedules;
import loteria.central.store.Sequence;
import loteria.central.store.commit.Work;
import loteria.central.store.disk.Tip;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The queue between the thread of the journal and that of {@code bets.csv}. */
class BetsQueueSchedules {

	private static final Tip TIP = new Tip(0, 0, 0, 0);

	private static final List<Work> SMALL = List.of(Work.batch(Sequence.ANYWHERE, Samples.batch(1, 0, 1), 7574));

	/** Fills the queue, so that the next one waits. */
	private static final List<Work> LARGE = Collections.nCopies(40_000, SMALL.getFirst());

	@Test
	void answersAQuestionWhenAllBeforeItIsDone() {
		Schedules.each(250, () -> {
			BetsQueue queue = new BetsQueue();
			AtomicInteger written = new AtomicInteger();
			Schedules.together(() -> {
				queue.put(SMALL, TIP);
				queue.put(SMALL, TIP);
				CompletableFuture<Void> answer = queue.ask(false);
				answer.join();
				assertThat(written.get()).isGreaterThanOrEqualTo(2);
				queue.put(SMALL, TIP);
				queue.stop();
			}, () -> write(queue, written), () -> queue.ask(true).exceptionally((ex) -> null).join());
			assertThat(written).hasValue(3);
			assertThat(queue.works()).isZero();
			return null;
		});
	}

	/** One that asks while the store is closed is answered, too. */
	@Test
	void leavesNoQuestionWithoutAnAnswer() {
		Schedules.each(250, () -> {
			BetsQueue queue = new BetsQueue();
			AtomicInteger answered = new AtomicInteger();
			Runnable ask = () -> queue.ask(false).exceptionally((ex) -> null).thenRun(answered::incrementAndGet).join();
			Schedules.together(ask, ask, () -> write(queue, new AtomicInteger()), queue::stop);
			Schedules.together(ask);
			assertThat(answered).hasValue(3);
			return null;
		});
	}

	@Test
	void letsTheJournalGoOnWhenThereIsRoom() {
		Schedules.each(150, () -> {
			BetsQueue queue = new BetsQueue();
			AtomicInteger written = new AtomicInteger();
			Schedules.together(() -> {
				queue.put(LARGE, TIP);
				queue.put(LARGE, TIP);
				queue.put(LARGE, TIP);
				queue.stop();
			}, () -> write(queue, written));
			assertThat(written).hasValue(3 * LARGE.size());
			return null;
		});
	}

	@Test
	void keepsNeitherTheJournalNorAQuestionWaitingForAFullDisk() {
		Schedules.each(250, () -> {
			BetsQueue queue = new BetsQueue();
			AtomicInteger written = new AtomicInteger();
			AtomicBoolean answered = new AtomicBoolean();
			Schedules.together(() -> {
				queue.put(LARGE, TIP);
				queue.put(LARGE, TIP);
				queue.put(SMALL, TIP);
				queue.ask(false).whenComplete((nothing, ex) -> answered.set(true));
				queue.stop();
			}, () -> {
				BetsQueue.Task task = queue.take();
				assertThat(task).isNotNull();
				queue.awaitRoom(new IOException("full"));
				assertThat(queue.isFull()).isTrue();
				queue.hasRoom();
				written.addAndGet(task.group().size());
				write(queue, written);
			});
			assertThat(written).hasValue(2 * LARGE.size() + 1);
			assertThat(answered).isTrue();
			return null;
		});
	}

	@Test
	void endsWhateverWaitsWhenNothingCanBeWrittenAnyMore() {
		Schedules.each(250, () -> {
			BetsQueue queue = new BetsQueue();
			List<CompletableFuture<Void>> answers = new ArrayList<>();
			Schedules.together(() -> {
				queue.put(LARGE, TIP);
				queue.put(LARGE, TIP);
				answers.add(queue.ask(false));
			}, () -> queue.end(new IOException("gone")));
			assertThat(answers).allMatch(CompletableFuture::isCompletedExceptionally);
			return null;
		});
	}

	private static void write(BetsQueue queue, AtomicInteger written) {
		for (BetsQueue.Task task = queue.take(); task != null; task = queue.take()) {
			written.addAndGet(task.group().size());
			task.done().complete(null);
		}
	}

}
