package loteria.agency.moving;

import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What only one of the five systems calls a setting by; who uses such a name comes from
 * that system, and speaks its dialect.
 */
enum OtherName {

	BATCH_SIZE("batch_size", "CLI_BATCH_SIZE", "batch.maxAmount", "packets"),

	// its variable is our own
	RETRY_SLEEP("retry_sleep", null, "retry.sleep", "packets"),

	RETRY_SLEEP_MAX("retry_sleep_max", "CLI_RETRY_SLEEP_MAX", "retry.sleepMax", "packets"),

	BATCHING_SIZE("batching.size", "CLI_BATCHING_SIZE", "batch.maxAmount", "tlv"),

	// how long a loop takes in all: ours counts
	LOOP_LAPSE("loop.lapse", "CLI_LOOP_LAPSE", null, "tlv"),

	CHUNK_FILE(null, "CHUNK_FILE", "file", "tlv"),

	DATA_FILE(null, "CLI_AGENCY_DATA_FILE", "file", "fixed");

	private final @Nullable String key;

	private final @Nullable String variable;

	private final @Nullable String ours;

	private final String dialect;

	OtherName(@Nullable String key, @Nullable String variable, @Nullable String ours, String dialect) {
		this.key = key;
		this.variable = variable;
		this.ours = ours;
		this.dialect = dialect;
	}

	static Optional<OtherName> ofKey(String key) {
		return Stream.of(values()).filter((name) -> key.equalsIgnoreCase(name.key)).findFirst();
	}

	static Optional<OtherName> ofVariable(String variable) {
		return Stream.of(values()).filter((name) -> variable.equals(name.variable)).findFirst();
	}

	/** Our key, or null where it has no effect here. */
	@Nullable String ours() {
		return this.ours;
	}

	String dialect() {
		return this.dialect;
	}

	/** Whether it is a pause, which may be a number without a unit. */
	boolean isPause() {
		return this == RETRY_SLEEP || this == RETRY_SLEEP_MAX;
	}

}
