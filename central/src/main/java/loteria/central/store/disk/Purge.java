package loteria.central.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import loteria.central.store.DrawRecord;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;

/**
 * Removes the bets of a draw that has happened, wherever in its directory they are, and
 * leaves its record. Cut off, it goes on where it is called again.
 */
public final class Purge {

	/** Says that the bets are gone on purpose. */
	static final String MARK = "purged";

	private static final String TEXT = "The bets of this draw were removed; " + DrawFile.NAME + " is its record.\n";

	private final StoreDirectory directory;

	public Purge(StoreDirectory directory) {
		this.directory = directory;
	}

	/**
	 * @param draw the name that it must have
	 * @return how many bets the draw was over
	 */
	public long run(String draw) throws StoreFailure, IOException {
		DrawRecord record = new DrawFile(this.directory).read()
			.orElseThrow(() -> new StoreFailure(Kind.UNUSABLE,
					String.format(Locale.ROOT,
							"%s has no %s: no draw that is over is there; see central.store.directory",
							this.directory.path(), DrawFile.NAME)));
		if (!record.name().equals(draw)) {
			throw new StoreFailure(Kind.UNUSABLE, String.format(Locale.ROOT, "the draw in %s is \"%s\", not \"%s\"",
					this.directory.path(), record.name(), draw));
		}
		if (isDone(this.directory)) {
			removeBets();
			return record.bets();
		}
		if (!Files.exists(this.directory.file(StoreDirectory.JOURNAL))) {
			throw new StoreFailure(Kind.CORRUPT, this.directory.path() + " has no " + StoreDirectory.JOURNAL);
		}
		try (StoreFile _ = this.directory.openLocked()) {
			String difference = Verification.of(this.directory.path()).difference();
			if (difference != null) {
				throw new StoreFailure(Kind.CORRUPT,
						"the draw is not verified, and nothing was removed: " + difference);
			}
			try (StoreFile mark = this.directory.open(MARK)) {
				mark.cut(mark.write(ByteBuffer.wrap(TEXT.getBytes(StandardCharsets.UTF_8)), 0));
			}
			this.directory.force();
			removeBets();
		}
		return record.bets();
	}

	/** Whether it has been begun. */
	static boolean isDone(StoreDirectory directory) {
		return Files.exists(directory.file(MARK));
	}

	/** Also what a start or a salvage has set aside. */
	private void removeBets() throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.directory.path(), "bets.*")) {
			for (Path file : files) {
				Files.delete(file);
			}
		}
		this.directory.force();
	}

	/** For a reader who looks for the bets. */
	public static void requireBets(StoreDirectory directory) throws StoreFailure {
		if (isDone(directory)) {
			throw new StoreFailure(Kind.UNUSABLE,
					String.format(Locale.ROOT,
							"the bets of the draw in %s were purged; a new draw needs a new central.store.directory",
							directory.path()));
		}
	}

}
