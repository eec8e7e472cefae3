package loteria.bench.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import loteria.bench.subject.Workplace;
import loteria.bet.Rows;
import loteria.central.store.BetStore;
import loteria.central.store.Sequence;
import loteria.central.store.StoreFailure;
import loteria.central.store.file.FileBetStore;
import loteria.protocol.Refusal;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The store by itself: batches of {@value #BETS} bets until they are on disk.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StoreBenchmark {

	/** Where the store is; on the disk that is meant. */
	static final String DIRECTORY = "loteria.bench.directory";

	static final int BETS = 100;

	private static final int WINNING_NUMBER = 7574;

	/** Batches handed over before the first answer is waited for. */
	@Param({ "1", "16", "80" })
	public int underWay;

	private Rows rows = Rows.none(Batches.AGENCY);

	private @Nullable Path directory;

	private @Nullable BetStore store;

	@Setup
	public void open() throws IOException, StoreFailure {
		Path parent = Files.createDirectories(Path.of(System.getProperty(DIRECTORY, "target")));
		Path made = Files.createTempDirectory(parent, "store-");
		this.directory = made;
		this.rows = Rows.of(Batches.AGENCY, Batches.of(BETS));
		this.store = FileBetStore.open(new FileBetStore.Options(made, "bench", WINNING_NUMBER, 0),
				new SimpleMeterRegistry(), (failure) -> {
					throw new IllegalStateException(failure);
				});
	}

	@Benchmark
	public void append() {
		BetStore opened = this.store;
		if (opened == null) {
			throw new IllegalStateException("not open");
		}
		List<CompletableFuture<@Nullable Refusal>> answers = new ArrayList<>(this.underWay);
		for (int i = 0; i < this.underWay; i++) {
			answers.add(opened.append(Sequence.ANYWHERE, this.rows));
		}
		for (CompletableFuture<@Nullable Refusal> answer : answers) {
			if (answer.join() != null) {
				throw new IllegalStateException("refused: " + answer.join());
			}
		}
	}

	@TearDown
	public void close() throws IOException {
		if (this.store != null) {
			this.store.close();
		}
		if (this.directory != null) {
			Workplace.remove(this.directory);
		}
	}

}
