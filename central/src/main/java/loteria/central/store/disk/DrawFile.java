package loteria.central.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import loteria.central.store.DrawJson;
import loteria.central.store.DrawRecord;
import loteria.central.store.StoreFailure;
import org.jspecify.annotations.Nullable;

/**
 * {@code draw.json}: the record of the draw, beside the bets it was made over. There
 * whole or not at all.
 */
public final class DrawFile {

	public static final String NAME = "draw.json";

	private final StoreDirectory directory;

	private final Path file;

	public DrawFile(StoreDirectory directory) {
		this.directory = directory;
		this.file = directory.file(NAME);
	}

	/** As it is; null if it is not there. */
	public byte @Nullable [] bytes() throws IOException {
		return Files.exists(this.file) ? Files.readAllBytes(this.file) : null;
	}

	public Optional<DrawRecord> read() throws IOException, StoreFailure {
		byte[] text = bytes();
		return (text == null) ? Optional.empty() : Optional.of(DrawJson.read(text, this.file.toString()));
	}

	/** Gives it another name; returns that. */
	public Path setAside() throws IOException {
		Path aside = this.directory.aside(NAME + ".before");
		this.directory.move(this.file, aside);
		return aside;
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
