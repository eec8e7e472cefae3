package loteria.central.store.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import loteria.bet.Bet;
import loteria.bet.BetRow;
import loteria.bet.Rows;
import loteria.central.store.Sequence;
import loteria.central.store.StoreFailure;
import loteria.central.store.commit.WorkQueue;
import loteria.central.store.disk.Disk;
import loteria.central.store.disk.StoreDirectory;
import loteria.central.store.file.FileBetStore.Options;
import loteria.protocol.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Bets that are told apart by agency and place, and the settings of a store of them.
 */
final class Samples {

	static final int WINNING_NUMBER = 7574;

	/** One bet in so many wins. */
	static final int WINNER_EVERY = 10;

	private Samples() {
	}

	/** The bets of {@code agency} from its {@code from}-th on, counted from 0. */
	static List<Bet> bets(int agency, long from, int count) {
		return LongStream.range(from, from + count).mapToObj((index) -> bet(agency, index)).toList();
	}

	/** The same as the rows of one batch. */
	static Rows batch(int agency, long from, int count) {
		return Rows.of(agency, bets(agency, from, count));
	}

	static Bet bet(int agency, long index) {
		int number = (index % WINNER_EVERY == WINNER_EVERY - 1) ? WINNING_NUMBER : (int) (index % 5000);
		return new Bet(agency, "María José " + index, (index % 7 == 0) ? "O\"Higgins, hijo" : "Ñandú",
				String.format(Locale.ROOT, "%d%08d", agency, index),
				LocalDate.of(1930 + (int) (index % 70), 1 + (int) (index % 12), 15), number);
	}

	/** What {@code bets.csv} holds of an agency that has {@code count} bets stored. */
	static String rows(int agency, long count) {
		return new String(BetRow.encode(bets(agency, 0, (int) count)), StandardCharsets.UTF_8);
	}

	/** What {@code bets.csv} holds of {@code agency}. */
	static String rowsIn(Path directory, int agency) throws IOException {
		return Files.readString(directory.resolve(StoreDirectory.BETS))
			.lines()
			.filter((row) -> row.startsWith(agency + ","))
			.map((row) -> row + "\r\n")
			.collect(Collectors.joining());
	}

	static FileBetStore open(Path directory) throws StoreFailure {
		return open(directory, new FaultyDisk());
	}

	static FileBetStore open(Path directory, Disk opener) throws StoreFailure {
		return open(options(directory), opener);
	}

	static FileBetStore open(Options options, Disk opener) throws StoreFailure {
		return FileBetStore.open(options, opener, new WorkQueue(WorkQueue.GROUP_ENTRIES), new SimpleMeterRegistry(),
				(ex) -> {
				});
	}

	/** Stores the next {@code count} bets of {@code agency} as one batch. */
	static CompletableFuture<@Nullable Refusal> append(FileBetStore store, int agency, int count) {
		return append(store, agency, store.stored(agency), count);
	}

	static CompletableFuture<@Nullable Refusal> append(FileBetStore store, int agency, long from, int count) {
		return store.append(new Sequence(from), batch(agency, from, count));
	}

	static Options options(Path directory) {
		return new Options(directory, "test", WINNING_NUMBER, 0);
	}

}
