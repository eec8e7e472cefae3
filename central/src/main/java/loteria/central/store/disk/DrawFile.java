package loteria.central.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import loteria.central.store.DrawRecord;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code draw.json}: the record of the draw, beside the bets it was made over. There
 * whole or not at all.
 */
public final class DrawFile {

	public static final String NAME = "draw.json";

	public static final String UNKNOWN_TO_JOURNAL = NAME + " is there, but " + StoreDirectory.JOURNAL
			+ " knows of no draw";

	/** Of an agency, in the records of older centrals. */
	private static final String OF_WINNERS = "winnersSha256";

	private static final JsonMapper json = JsonMapper.builder()
		.enable(SerializationFeature.INDENT_OUTPUT)
		.enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
				DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
		.build();

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
		try {
			JsonNode tree = json.readTree(Files.readAllBytes(this.file));
			for (JsonNode agency : tree.path("agencies")) {
				if (agency instanceof ObjectNode object && !object.has(OF_WINNERS)) {
					object.put(OF_WINNERS, "");
				}
			}
			DrawRecord record = json.treeToValue(tree, DrawRecord.class);
			if (record == null) {
				throw new StoreFailure(Kind.CORRUPT, this.file + " is no record of a draw");
			}
			return Optional.of(record);
		}
		catch (JacksonException ex) {
			throw new StoreFailure(Kind.CORRUPT, this.file + " is no record of a draw: " + ex.getOriginalMessage(), ex);
		}
	}

	/** Through a file that is made for this alone, whatever was in its place. */
	public void write(DrawRecord draw) throws IOException {
		ByteBuffer bytes = ByteBuffer.wrap(json.writeValueAsBytes(draw));
		Path temporary = this.directory.file(NAME + ".tmp");
		this.directory.disk().delete(temporary);
		try (StoreFile file = StoreFile.create(this.directory.disk(), temporary)) {
			file.cut(file.write(bytes, 0));
		}
		this.directory.move(temporary, this.file);
	}

}
