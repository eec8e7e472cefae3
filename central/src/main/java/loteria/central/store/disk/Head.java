package loteria.central.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;

import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What stands at the start of the journal, each part twice, and once more in
 * {@code bets.store}.
 *
 * @param settings null if there are none, or only damaged ones
 * @param checkpoint the last one that can be read
 * @param damaged whether one copy of the settings in the journal is
 * @param twinDamaged the same of bets.store, which may also be missing
 * @param gone whether the journal has nothing of it, neither settings nor a checkpoint
 */
public record Head(@Nullable DrawSettings settings, Checkpoint checkpoint, boolean damaged, boolean twinDamaged,
		boolean gone) {

	public static final int BYTES = 4096;

	private static final int[] SETTINGS = { 0, 2048 };

	private static final int[] CHECKPOINTS = { 1024, 3072 };

	/**
	 * Reads both.
	 * @param journal null to leave it out
	 * @param store the path of bets.store, which need not be there; null to leave it out
	 * @throws StoreFailure if they are of different stores, or of another format version
	 */
	public static Head read(@Nullable FileChannel journal, @Nullable Path store) throws IOException, StoreFailure {
		Copy first = (journal == null) ? Copy.NONE : Copy.read(journal, StoreDirectory.JOURNAL);
		Copy twin = Copy.NONE;
		if (store != null && Files.exists(store)) {
			try (FileChannel file = FileChannel.open(store, StandardOpenOption.READ)) {
				twin = Copy.read(file, StoreDirectory.STORE);
			}
		}
		if (first.settings != null && twin.settings != null
				&& !first.settings.identity().equals(twin.settings.identity())) {
			throw new StoreFailure(Kind.CORRUPT, String.format(Locale.ROOT, "%s and %s are of different stores",
					StoreDirectory.JOURNAL, StoreDirectory.STORE));
		}
		DrawSettings settings = (first.settings != null) ? first.settings : twin.settings;
		Checkpoint checkpoint = (first.checkpoint.number() >= twin.checkpoint.number()) ? first.checkpoint
				: twin.checkpoint;
		boolean hadTwin = settings != null && !settings.identity().equals(DrawSettings.NO_IDENTITY);
		boolean gone = first.settings == null && !first.checkpoint.isKnown();
		return new Head(settings, checkpoint, !first.whole, hadTwin && !twin.whole, gone);
	}

	/**
	 * Whether nothing has ever been stored in a journal: it is new, or was never whole. A
	 * longer one had a head, and was forced with it.
	 */
	public static boolean isBlank(FileChannel journal, FileChannel bets) throws IOException, StoreFailure {
		Copy head = Copy.read(journal, StoreDirectory.JOURNAL);
		boolean whole = head.settings != null
				&& (head.checkpoint.isKnown() || head.settings.identity().equals(DrawSettings.NO_IDENTITY));
		return !whole && journal.size() <= StoreDirectory.UNIT
				&& new JournalReader(journal, bets, Checkpoint.NONE).next() instanceof JournalReader.Piece.End;
	}

	/** Begins a journal anew, durably. */
	public static void create(StoreFile journal, DrawSettings settings) throws IOException {
		journal.writeZeros(0, StoreDirectory.UNIT);
		write(journal, settings, new Checkpoint(1, Tip.EMPTY, 0, 0, false));
	}

	/** Writes all of it, durably. */
	static void write(StoreFile file, DrawSettings settings, Checkpoint checkpoint) throws IOException {
		for (int copy = 0; copy < SETTINGS.length; copy++) {
			file.write(ByteBuffer.wrap(settings.encode()), SETTINGS[copy]);
			write(file, checkpoint, copy);
		}
		file.force();
	}

	/**
	 * Writes a checkpoint, which is not durable yet.
	 * @param turn so that it takes the place of the last but one
	 */
	static void write(StoreFile file, Checkpoint checkpoint, long turn) throws IOException {
		file.write(ByteBuffer.wrap(checkpoint.encode()), CHECKPOINTS[(int) (turn % CHECKPOINTS.length)]);
	}

	/**
	 * What one of the two files has.
	 *
	 * @param whole whether both copies of the settings are there
	 */
	private record Copy(@Nullable DrawSettings settings, Checkpoint checkpoint, boolean whole) {

		private static final Copy NONE = new Copy(null, Checkpoint.NONE, false);

		static Copy read(FileChannel file, String name) throws IOException, StoreFailure {
			ByteBuffer buffer = ByteBuffer.allocate(BYTES);
			int read = 0;
			while (read >= 0 && buffer.hasRemaining()) {
				read = file.read(buffer, buffer.position());
			}
			byte[] bytes = buffer.array();
			DrawSettings first = DrawSettings.decode(bytes, SETTINGS[0], name);
			DrawSettings second = DrawSettings.decode(bytes, SETTINGS[1], name);
			Checkpoint checkpoint = Checkpoint.NONE;
			for (int at : CHECKPOINTS) {
				Checkpoint found = Checkpoint.decode(bytes, at);
				checkpoint = (found != null && found.number() > checkpoint.number()) ? found : checkpoint;
			}
			boolean same = first != null && Arrays.equals(bytes, SETTINGS[0], SETTINGS[0] + DrawSettings.BYTES, bytes,
					SETTINGS[1], SETTINGS[1] + DrawSettings.BYTES);
			return new Copy((first != null) ? first : second, checkpoint, same);
		}

	}

}
