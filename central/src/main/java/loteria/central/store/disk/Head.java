package loteria.central.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

import loteria.central.store.StoreFailure;
import org.jspecify.annotations.Nullable;

/**
 * What stands at the start of the journal, each part twice.
 *
 * @param settings null if there are none, or only damaged ones
 * @param damaged whether one copy of the settings is
 */
public record Head(@Nullable DrawSettings settings, Checkpoint checkpoint, boolean damaged) {

	public static final int BYTES = 4096;

	private static final int[] SETTINGS = { 0, 2048 };

	private static final int[] CHECKPOINTS = { 1024, 3072 };

	public static Head read(FileChannel journal) throws IOException, StoreFailure {
		ByteBuffer buffer = ByteBuffer.allocate(BYTES);
		int read = 0;
		while (read >= 0 && buffer.hasRemaining()) {
			read = journal.read(buffer, buffer.position());
		}
		byte[] bytes = buffer.array();
		DrawSettings first = DrawSettings.decode(bytes, SETTINGS[0]);
		DrawSettings second = DrawSettings.decode(bytes, SETTINGS[1]);
		Checkpoint checkpoint = Checkpoint.NONE;
		for (int at : CHECKPOINTS) {
			Checkpoint found = Checkpoint.decode(bytes, at);
			checkpoint = (found != null && found.number() > checkpoint.number()) ? found : checkpoint;
		}
		boolean same = Arrays.equals(bytes, SETTINGS[0], SETTINGS[0] + DrawSettings.BYTES, bytes, SETTINGS[1],
				SETTINGS[1] + DrawSettings.BYTES);
		return new Head((first != null) ? first : second, checkpoint, !same);
	}

	/**
	 * Whether nothing has ever been stored in a journal: it is new, or was never whole.
	 */
	public static boolean isBlank(FileChannel journal) throws IOException, StoreFailure {
		return read(journal).settings == null && new JournalReader(journal).next() instanceof JournalReader.Piece.End;
	}

	/** Begins a journal anew, durably. */
	public static Checkpoint create(StoreFile journal, DrawSettings settings) throws IOException {
		journal.writeZeros(0, StoreDirectory.UNIT);
		write(journal, settings);
		Checkpoint checkpoint = Checkpoint.NONE;
		for (int copies = 0; copies < CHECKPOINTS.length; copies++) {
			checkpoint = new Checkpoint(checkpoint.number() + 1, Tip.EMPTY, 0, false);
			write(journal, checkpoint);
		}
		journal.force();
		return checkpoint;
	}

	/** Writes the settings, which is not durable yet. */
	public static void write(StoreFile journal, DrawSettings settings) throws IOException {
		for (int at : SETTINGS) {
			journal.write(ByteBuffer.wrap(settings.encode()), at);
		}
	}

	/** Writes a checkpoint over the last but one, which is not durable yet. */
	static void write(StoreFile journal, Checkpoint checkpoint) throws IOException {
		int at = CHECKPOINTS[(int) (checkpoint.number() % CHECKPOINTS.length)];
		journal.write(ByteBuffer.wrap(checkpoint.encode()), at);
	}

}
