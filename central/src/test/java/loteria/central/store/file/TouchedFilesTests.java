package loteria.central.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.central.store.commit.WorkQueue;
import loteria.central.store.disk.StoreDirectory;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Somebody else lays hands on the files of a store that is open.
 */
@ExtendWith(QuietLog.class)
@Timeout(180)
class TouchedFilesTests {

	private static final int BATCH = 4;

	@TempDir
	private Path directory;

	private final List<Throwable> failures = new ArrayList<>();

	@ParameterizedTest
	@EnumSource
	void acknowledgesNothingOnceTheBetsWereTouched(Hand hand) throws Exception {
		assertNoticed(hand, StoreDirectory.BETS);
	}

	@ParameterizedTest
	@EnumSource
	void acknowledgesNothingOnceTheJournalWasTouched(Hand hand) throws Exception {
		assertNoticed(hand, StoreDirectory.JOURNAL);
	}

	private void assertNoticed(Hand hand, String name) throws Exception {
		Path file = this.directory.resolve(name);
		try (FileBetStore store = open()) {
			assertThat(Samples.append(store, 1, BATCH).join()).isNull();
			store.fingerprint(1);
			hand.touch(file);
			assertThat(Samples.append(store, 1, BATCH).join()).isNotNull()
				.extracting(Refusal::reason)
				.isEqualTo(Reason.STORE_FAILED);
			assertThat(store.close(1)).isNotNull();
			assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> store.draw(Instant.EPOCH));
			assertThat(store.health().problem()).isNotNull();
			await().atMost(Duration.ofSeconds(60)).until(() -> !this.failures.isEmpty());
			assertThat(this.failures).singleElement()
				.asInstanceOf(InstanceOfAssertFactories.type(StoreFailure.class))
				.satisfies((failure) -> assertThat(failure.kind()).isEqualTo(Kind.CORRUPT))
				.satisfies((failure) -> assertThat(failure.getMessage()).contains(file.toString()));
		}
	}

	/** In the moment between the write and the answer. */
	@ParameterizedTest
	@CsvSource({ StoreDirectory.BETS, StoreDirectory.JOURNAL })
	void leavesInDoubtWhatWasWrittenIntoAFileThatIsNotThereAnyMore(String name) throws Exception {
		FaultyDisk disk = new FaultyDisk();
		try (FileBetStore store = FileBetStore.open(Samples.options(this.directory), disk,
				new WorkQueue(WorkQueue.GROUP_ENTRIES), new SimpleMeterRegistry(), this.failures::add)) {
			disk.setFault((call, number, bytes) -> {
				Files.deleteIfExists(this.directory.resolve(name));
				return bytes;
			});
			assertThat(Samples.append(store, 1, BATCH).join()).isNotNull()
				.extracting(Refusal::reason)
				.isEqualTo(Reason.IN_DOUBT);
		}
	}

	@Test
	void noticesInTheStopWhatNobodyStoredAnythingAfter() throws Exception {
		try (FileBetStore store = open()) {
			assertThat(Samples.append(store, 1, BATCH).join()).isNull();
			store.fingerprint(1);
			Hand.CUT.touch(this.directory.resolve(StoreDirectory.BETS));
		}
		assertThat(this.failures).singleElement().isInstanceOf(StoreFailure.class);
	}

	@Test
	void keepsASecondCentralOutWhateverElseIsDeleted() throws Exception {
		try (FileBetStore store = open()) {
			assertThat(Samples.append(store, 1, BATCH).join()).isNull();
			try (var files = Files.list(this.directory)) {
				for (Path file : files.filter((file) -> !file.endsWith(StoreDirectory.JOURNAL)).toList()) {
					Files.delete(file);
				}
			}
			assertThatExceptionOfType(StoreFailure.class).isThrownBy(this::open);
		}
	}

	private FileBetStore open() throws StoreFailure {
		return FileBetStore.open(Samples.options(this.directory), new SimpleMeterRegistry(), this.failures::add);
	}

	private enum Hand {

		CUT {

			@Override
			void touch(Path file) throws IOException {
				try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
					channel.truncate(channel.size() - 1);
				}
			}

		},
		DELETE {

			@Override
			void touch(Path file) throws IOException {
				Files.delete(file);
			}

		},
		/** By a copy that has the same bytes, as an editor or a restore does. */
		REPLACE {

			@Override
			void touch(Path file) throws IOException {
				Path copy = Files.copy(file, file.resolveSibling("copy"));
				Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
			}

		},
		ADD {

			@Override
			void touch(Path file) throws IOException {
				Files.writeString(file, "\n", StandardOpenOption.APPEND);
			}

		};

		abstract void touch(Path file) throws IOException;

	}

}
