package loteria.central.store;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The record of a draw as text, the same wherever it is kept.
 */
public final class DrawJson {

	private static final JsonMapper json = JsonMapper.builder()
		.enable(SerializationFeature.INDENT_OUTPUT)
		.enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
				DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
		.build();

	private DrawJson() {
	}

	/** In UTF-8. */
	public static byte[] write(DrawRecord draw) {
		return json.writeValueAsBytes(draw);
	}

	/**
	 * @param place where it was found, for the message
	 */
	public static DrawRecord read(byte[] text, String place) throws StoreFailure {
		try {
			DrawRecord record = json.readValue(text, DrawRecord.class);
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
