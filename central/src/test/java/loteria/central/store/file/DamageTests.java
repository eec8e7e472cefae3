package loteria.central.store.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.central.store.disk.DrawFile;
import loteria.central.store.disk.StoreDirectory;
import loteria.central.store.salvage.Salvage;
import loteria.torture.Torture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fault 4: one file of a store is damaged, in any way. Then a start finds all that was
 * stored, or refuses and changes no byte; and a salvage brings back what another file
 * still has, and says what it does not. Nothing is ever less without a word.
 */
@ExtendWith(QuietLog.class)
@Tag(Torture.TAG)
class DamageTests {

	private static final int AGENCIES = 3;

	private static final int BATCHES = 60;

	private static final List<String> FILES = List.of(StoreDirectory.JOURNAL, StoreDirectory.BETS, StoreDirectory.STORE,
			DrawFile.NAME);

	@TempDir
	private Path temporary;

	private Path directory = Path.of("");

	/** What was stored, by agency. */
	private final long[] stored = new long[AGENCIES + 1];

	/** As they were when half of it was stored. */
	private Map<String, byte[]> older = Map.of();

	/** As they were at the moment that the state says. */
	private Map<String, byte[]> files = Map.of();

	private byte[] bets = {};

	/** Of a store of the same name with other bets. */
	private Map<String, byte[]> foreign = Map.of();

	private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

	private final List<String> said = new ArrayList<>();

	/** Agencies of which something is missing. */
	private final List<Integer> less = new ArrayList<>();

	@ParameterizedTest
	@EnumSource
	void isMendedOrRefusedAndBroughtBack(State state) throws Exception {
		Random random = Torture.random("damages");
		make(state);
		int count = Torture.count("damages", 25);
		for (String file : FILES) {
			if (!this.files.containsKey(file)) {
				continue;
			}
			byte[] whole = this.files.get(file);
			for (Damage damage : Damage.values()) {
				int times = damage.times(count, whole.length);
				for (int i = 0; i < times; i++) {
					byte[] damaged = damage.of(whole, random, this.older.get(file), this.foreign.get(file));
					if (damaged == null || !Arrays.equals(damaged, whole)) {
						try {
							judge(state, file, damaged);
						}
						catch (AssertionError | RuntimeException | StoreFailure ex) {
							throw new AssertionError(String.format(Locale.ROOT, "%s, %s, %s of %d bytes, %d: %s", state,
									file, damage, whole.length, i, this.said), ex);
						}
					}
				}
			}
		}
		Torture.report("4 " + state.name().toLowerCase(Locale.ROOT).replace('_', ' '),
				this.outcomes.values().stream().mapToInt(Integer::intValue).sum(), this.outcomes.toString());
	}

	private void make(State state) throws Exception {
		this.foreign = makeForeign();
		this.directory = Files.createDirectory(this.temporary.resolve("store"));
		boolean behind = state == State.KILLED_WITH_BETS_BEHIND;
		if (!behind) {
			try (FileBetStore store = Samples.open(this.directory)) {
				append(store, 0, BATCHES / 2);
			}
			this.older = read();
		}
		try (FileBetStore store = Samples.open(this.directory)) {
			if (behind) {
				append(store, 0, BATCHES / 2);
				store.fingerprint(1);
				this.older = read();
			}
			append(store, BATCHES / 2, BATCHES);
			assertThat(store.close(AGENCIES)).isNull();
			assertThat(Samples.append(store, 1, 30).join()).isNull();
			this.stored[1] += 30;
			if (state.drawn) {
				store.draw(Instant.EPOCH);
			}
			store.fingerprint(1);
			this.files = read();
		}
		this.bets = this.files.get(StoreDirectory.BETS);
		if (state.stopped) {
			this.files = read();
		}
		else if (behind) {
			// nothing of it was forced yet
			this.files.put(StoreDirectory.BETS, new byte[0]);
		}
		write(this.files);
	}

	private Map<String, byte[]> makeForeign() throws Exception {
		this.directory = Files.createDirectory(this.temporary.resolve("foreign"));
		try (FileBetStore store = Samples.open(this.directory)) {
			append(store, 7, 90);
			store.draw(Instant.EPOCH.plusSeconds(1));
		}
		Arrays.fill(this.stored, 0);
		return read();
	}

	private void append(FileBetStore store, int from, int to) {
		for (int batch = from; batch < to; batch++) {
			int agency = 1 + batch % AGENCIES;
			int count = 1 + batch * 7 % 40;
			assertThat(Samples.append(store, agency, count).join()).isNull();
			this.stored[agency] += count;
		}
	}

	private Map<String, byte[]> read() throws IOException {
		Map<String, byte[]> read = new TreeMap<>();
		try (Stream<Path> names = Files.list(this.directory)) {
			for (Path name : names.toList()) {
				read.put(name.getFileName().toString(), Files.readAllBytes(name));
			}
		}
		return read;
	}

	private void write(Map<String, byte[]> content) throws IOException {
		try (Stream<Path> names = Files.list(this.directory)) {
			for (Path name : names.toList()) {
				Files.delete(name);
			}
		}
		for (Map.Entry<String, byte[]> file : content.entrySet()) {
			Files.write(this.directory.resolve(file.getKey()), file.getValue());
		}
	}

	private void judge(State state, String file, byte @Nullable [] damaged) throws Exception {
		this.said.clear();
		Map<String, byte[]> content = new HashMap<>(this.files);
		content.remove(file);
		if (damaged != null) {
			content.put(file, damaged);
		}
		write(content);
		Outcome outcome = Outcome.MENDED;
		if (!starts()) {
			Map<String, byte[]> now = read();
			assertThat(now.keySet()).isEqualTo(content.keySet());
			now.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(content.get(name)));
			outcome = salvage();
			if (outcome == Outcome.SALVAGED) {
				assertThat(starts()).as("starts after the salvage").isTrue();
			}
		}
		if (outcome != Outcome.REFUSED) {
			outcome = hasAll(state) ? outcome : Outcome.SALVAGED_IN_PART;
		}
		if (outcome == Outcome.SALVAGED_IN_PART) {
			assertThat(this.said).as("a start has less").isNotEmpty();
			assertThat(String.join("\n", this.said)).containsPattern("set_aside_bets|unreadable_entries: [1-9]")
				.containsPattern("agency: |lost_bets: unknown|lost_finishes: ");
			for (int agency : this.less) {
				assertThat(String.join("\n", this.said))
					.containsPattern(" agency: " + agency + " \\|| lost(_bets)?: unknown");
			}
		}
		if (state != State.KILLED_WITH_BETS_BEHIND) {
			assertThat(outcome).isNotEqualTo(Outcome.REFUSED);
			assertThat(Files.readAllBytes(this.directory.resolve(StoreDirectory.BETS))).isEqualTo(this.bets);
		}
		this.outcomes.merge(outcome, 1, Integer::sum);
	}

	private boolean starts() {
		try {
			Samples.open(this.directory).close();
			return true;
		}
		catch (StoreFailure ex) {
			this.said.add(String.valueOf(ex.getMessage()));
			assertThat(ex.kind()).isEqualTo(Kind.CORRUPT);
			assertThat(ex).message().contains("java -jar central.jar salvage ").doesNotContain("\n");
			return false;
		}
	}

	private Outcome salvage() throws IOException {
		try {
			new Salvage(new StoreDirectory(this.directory, new FaultyDisk()), this.said::add).run();
			assertThat(this.said).last().asString().startsWith("action: store_salvage | result: success");
			return Outcome.SALVAGED;
		}
		catch (StoreFailure ex) {
			assertThat(ex.kind()).isEqualTo(Kind.CORRUPT);
			return Outcome.REFUSED;
		}
	}

	/** Whether nothing is missing; what is there is right in any case. */
	private boolean hasAll(State state) throws Exception {
		boolean all = true;
		this.less.clear();
		try (FileBetStore store = Samples.open(this.directory)) {
			for (int agency = 1; agency <= AGENCIES; agency++) {
				String rows = Samples.rowsIn(this.directory, agency);
				String should = Samples.rows(agency, this.stored[agency]);
				boolean isLess = !rows.equals(should);
				all &= !isLess;
				if (isLess) {
					this.less.add(agency);
				}
				assertThat(store.stored(agency)).isLessThanOrEqualTo(this.stored[agency]);
				if (!state.drawn) {
					assertThat(should).startsWith(rows);
					assertThat(rows).isEqualTo(Samples.rows(agency, store.stored(agency)));
				}
				else if (!rows.equals(should)) {
					rows.lines().forEach((row) -> assertThat(should).contains(row + "\r\n"));
					assertThat(store.winners(agency)).as("winners of bets that are lost").isEmpty();
				}
			}
			if (!state.drawn) {
				assertThat(store.drawn()).isEmpty();
				all &= store.closedAgencies().size() == 1;
				assertThat(store.isClosed(1) || store.isClosed(2)).isFalse();
			}
			else {
				assertThat(store.drawn()).isPresent();
				if (all) {
					assertThat(Files.readAllBytes(this.directory.resolve(DrawFile.NAME)))
						.isEqualTo(this.files.get(DrawFile.NAME));
				}
			}
		}
		return all;
	}

	private enum Outcome {

		MENDED, SALVAGED, SALVAGED_IN_PART, REFUSED

	}

	private enum State {

		STOPPED(true, false), KILLED(false, false), KILLED_WITH_BETS_BEHIND(false, false),
		DRAWN_AND_STOPPED(true, true), DRAWN_AND_KILLED(false, true);

		private final boolean stopped;

		private final boolean drawn;

		State(boolean stopped, boolean drawn) {
			this.stopped = stopped;
			this.drawn = drawn;
		}

	}

	private enum Damage {

		CUT {

			@Override
			byte[] of(byte[] whole, Random random, byte @Nullable [] older, byte @Nullable [] foreign) {
				return Arrays.copyOf(whole, random.nextInt(whole.length));
			}

		},
		FLIP {

			@Override
			byte[] of(byte[] whole, Random random, byte @Nullable [] older, byte @Nullable [] foreign) {
				byte[] flipped = whole.clone();
				flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
				return flipped;
			}

		},
		ZERO_SECTOR {

			@Override
			byte[] of(byte[] whole, Random random, byte @Nullable [] older, byte @Nullable [] foreign) {
				return zero(whole, random, 512);
			}

		},
		ZERO_PAGE {

			@Override
			byte[] of(byte[] whole, Random random, byte @Nullable [] older, byte @Nullable [] foreign) {
				return zero(whole, random, 4096);
			}

		},
		GARBAGE_BEHIND {

			@Override
			byte[] of(byte[] whole, Random random, byte @Nullable [] older, byte @Nullable [] foreign) {
				byte[] garbage = new byte[1 + random.nextInt(600)];
				random.nextBytes(garbage);
				return append(whole, garbage);
			}

		},
		ROW_BEHIND {

			@Override
			byte[] of(byte[] whole, Random random, byte @Nullable [] older, byte @Nullable [] foreign) {
				return append(whole, "1,Ana,Paz,1,2000-01-01,7574\r\n".getBytes(StandardCharsets.UTF_8));
			}

		},
		ZEROS {

			@Override
			byte[] of(byte[] whole, Random random, byte @Nullable [] older, byte @Nullable [] foreign) {
				return new byte[whole.length];
			}

		},
		DELETED {

			@Override
			byte @Nullable [] of(byte[] whole, Random random, byte @Nullable [] older, byte @Nullable [] foreign) {
				return null;
			}

		},
		EMPTIED {

			@Override
			byte[] of(byte[] whole, Random random, byte @Nullable [] older, byte @Nullable [] foreign) {
				return new byte[0];
			}

		},
		OLDER_COPY {

			@Override
			byte @Nullable [] of(byte[] whole, Random random, byte @Nullable [] older, byte @Nullable [] foreign) {
				return older;
			}

		},
		OF_ANOTHER_STORE {

			@Override
			byte @Nullable [] of(byte[] whole, Random random, byte @Nullable [] older, byte @Nullable [] foreign) {
				return foreign;
			}

		};

		/** Null if the file is gone. */
		abstract byte @Nullable [] of(byte[] whole, Random random, byte @Nullable [] older, byte @Nullable [] foreign);

		int times(int count, int length) {
			return switch (this) {
				case CUT, FLIP -> (length == 0) ? 0 : count;
				case ZERO_SECTOR, ZERO_PAGE, GARBAGE_BEHIND -> (length == 0) ? 0 : (count + 3) / 4;
				default -> 1;
			};
		}

		private static byte[] zero(byte[] whole, Random random, int length) {
			byte[] zeroed = whole.clone();
			int from = random.nextInt(whole.length) / length * length;
			Arrays.fill(zeroed, from, Math.min(from + length, whole.length), (byte) 0);
			return zeroed;
		}

		private static byte[] append(byte[] whole, byte[] tail) {
			byte[] longer = Arrays.copyOf(whole, whole.length + tail.length);
			System.arraycopy(tail, 0, longer, whole.length, tail.length);
			return longer;
		}

	}

}
