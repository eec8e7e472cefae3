package loteria.central.store;

import java.util.Arrays;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The record of a draw as text, the same wherever it is kept.
 */
public final class DrawJson {

	private static final JsonMapper json = JsonMapper.builder()
		.enable(SerializationFeature.INDENT_OUTPUT)
		.enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
				DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
		.build();

	/** Of an agency, in the records of older centrals. */
	private static final String OF_WINNERS = "winnersSha256";

	private DrawJson() {
	}

	/** In UTF-8. */
	public static byte[] write(DrawRecord draw) {
		return json.writeValueAsBytes(draw);
	}

	/**
	 * Whether a text is this record as a central writes it, or as an older one did, which
	 * had hashes of winners and perhaps other line ends.
	 */
	public static boolean isWritten(byte[] text, DrawRecord draw) {
		byte[] written = write(draw);
		boolean older = draw.agencies().stream().anyMatch((agency) -> !agency.winnersSha256().isEmpty());
		return Arrays.equals(text, written) || (older && json.readTree(text).equals(json.readTree(written)));
	}

	/**
	 * @param place where it was found, for the message
	 */
	public static DrawRecord read(byte[] text, String place) throws StoreFailure {
		try {
			JsonNode tree = json.readTree(text);
			for (JsonNode agency : tree.path("agencies")) {
				if (agency instanceof ObjectNode object && !object.has(OF_WINNERS)) {
					object.put(OF_WINNERS, "");
				}
			}
			DrawRecord record = json.treeToValue(tree, DrawRecord.class);
			if (record == null) {
				throw new StoreFailure(StoreFailure.Kind.CORRUPT, place + " is no record of a draw");
			}
			return record;
		}
		catch (JacksonException ex) {
			throw new StoreFailure(StoreFailure.Kind.CORRUPT,
					place + " is no record of a draw: " + ex.getOriginalMessage(), ex);
		}
	}

}
