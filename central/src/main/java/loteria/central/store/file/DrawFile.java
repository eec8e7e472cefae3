package loteria.central.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

import loteria.central.store.DrawRecord;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code draw.json}: the record of the draw, beside the bets it was made over. There
 * whole or not at all.
 */
final class DrawFile {

	static final String NAME = "draw.json";

	static final String UNKNOWN_TO_JOURNAL = NAME + " is there, but " + FileBetStore.JOURNAL + " knows of no draw";

	private static final JsonMapper json = JsonMapper.builder()
		.enable(SerializationFeature.INDENT_OUTPUT)
		.enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
				DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
		.build();

	private final Path file;

	DrawFile(Path directory) {
		this.file = directory.resolve(NAME);
	}

	Optional<DrawRecord> read() throws IOException, StoreFailure {
		if (!Files.exists(this.file)) {
			return Optional.empty();
		}
		try {
			DrawRecord record = json.readValue(Files.readAllBytes(this.file), DrawRecord.class);
			if (record == null) {
				throw new StoreFailure(Kind.CORRUPT, this.file + " is no record of a draw");
			}
			return Optional.of(record);
		}
		catch (JacksonException ex) {
			throw new StoreFailure(Kind.CORRUPT, this.file + " is no record of a draw: " + ex.getOriginalMessage(), ex);
		}
	}

	void write(DrawRecord draw) throws IOException {
		Path temporary = this.file.resolveSibling(NAME + ".tmp");
		ByteBuffer bytes = ByteBuffer.wrap(json.writeValueAsBytes(draw));
		try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
				StandardOpenOption.TRUNCATE_EXISTING)) {
			while (bytes.hasRemaining()) {
				channel.write(bytes);
			}
			channel.force(true);
		}
		Files.move(temporary, this.file, StandardCopyOption.ATOMIC_MOVE);
		forceDirectory(this.file.toAbsolutePath().getParent());
	}

	/** Makes the names in a directory durable, as forcing a file does its bytes. */
	static void forceDirectory(Path directory) throws IOException {
		try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
			channel.force(true);
		}
	}

}
