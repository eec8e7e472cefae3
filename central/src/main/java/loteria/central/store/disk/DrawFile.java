package loteria.central.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import loteria.central.store.DrawJson;
import loteria.central.store.DrawRecord;
import loteria.central.store.StoreFailure;

/**
 * {@code draw.json}: the record of the draw, beside the bets it was made over. There
 * whole or not at all.
 */
public final class DrawFile {

	public static final String NAME = "draw.json";

	public static final String UNKNOWN_TO_JOURNAL = NAME + " is there, but " + StoreDirectory.JOURNAL
			+ " knows of no draw";

	private final StoreDirectory directory;

	private final Path file;

	public DrawFile(StoreDirectory directory) {
		this.directory = directory;
		this.file = directory.file(NAME);
	}

	public Path path() {
		return this.file;
	}

	public Optional<DrawRecord> read() throws IOException, StoreFailure {
		if (!Files.exists(this.file)) {
			return Optional.empty();
		}
		return Optional.of(DrawJson.read(Files.readAllBytes(this.file), this.file.toString()));
	}

	/** Through a file that is made for this alone, whatever was in its place. */
	public void write(DrawRecord draw) throws IOException {
		ByteBuffer bytes = ByteBuffer.wrap(DrawJson.write(draw));
		Path temporary = this.directory.file(NAME + ".tmp");
		this.directory.disk().delete(temporary);
		try (StoreFile file = StoreFile.create(this.directory.disk(), temporary)) {
			file.cut(file.write(bytes, 0));
		}
		this.directory.move(temporary, this.file);
	}

}
