package loteria.central.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLongArray;

import loteria.protocol.Refusal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fault 5: the machine loses power, and with it what was not forced.
 */
@ExtendWith(QuietLog.class)
class LostWritesTests {

	private static final int AGENCIES = 3;

	private static final int BATCH = 20;

	@TempDir
	private Path directory;

	private final AtomicLongArray acknowledged = new AtomicLongArray(AGENCIES + 1);

	private final List<Crash> crashes = new ArrayList<>();

	private @Nullable FaultyDisk disk;

	/** Every call is a moment at which the power may fail; each is looked at. */
	@Test
	void losesNoAcknowledgedBatchAndHalvesNoneAtAnyCall() throws Exception {
		Random random = Torture.random(getClass());
		Path live = Files.createDirectory(this.directory.resolve("live"));
		this.disk = new FaultyDisk((call, number, bytes) -> {
			crash(random);
			return bytes;
		});
		try (FileBetStore store = Samples.open(live, this.disk)) {
			for (int round = 0; round < Torture.runs(8, 100); round++) {
				long from = (long) round * BATCH;
				List<CompletableFuture<@Nullable Refusal>> answers = new ArrayList<>();
				for (int agency = 1; agency <= AGENCIES; agency++) {
					int index = agency;
					answers.add(Samples.append(store, agency, from, BATCH)
						.whenComplete((refusal, ex) -> this.acknowledged.set(index, from + BATCH)));
				}
				assertThat(answers).allSatisfy((answer) -> assertThat(answer.join()).isNull());
			}
		}
		assertThat(this.crashes).hasSizeGreaterThan(30);
		for (Crash crash : this.crashes) {
			assertSurvived(crash);
		}
	}

	private void crash(Random random) throws IOException {
		FaultyDisk crashing = this.disk;
		if (crashing != null) {
			Path left = Files.createDirectory(this.directory.resolve("crash-" + this.crashes.size()));
			crashing.crash(left, random);
			long[] promised = new long[AGENCIES + 1];
			for (int agency = 1; agency <= AGENCIES; agency++) {
				promised[agency] = this.acknowledged.get(agency);
			}
			this.crashes.add(new Crash(left, promised));
		}
	}

	private static void assertSurvived(Crash crash) throws Exception {
		try (FileBetStore store = Samples.open(crash.left())) {
			for (int agency = 1; agency <= AGENCIES; agency++) {
				long stored = store.stored(agency);
				assertThat(stored).as("%s, agency %d", crash.left(), agency)
					.isGreaterThanOrEqualTo(crash.promised()[agency]);
				assertThat(stored % BATCH).isZero();
				assertThat(Samples.rowsIn(crash.left(), agency)).isEqualTo(Samples.rows(agency, stored));
			}
		}
	}

	private record Crash(Path left, long[] promised) {
	}

}
