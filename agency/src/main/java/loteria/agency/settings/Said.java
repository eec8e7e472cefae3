package loteria.agency.settings;

/**
 * A value given for a setting, and where.
 *
 * @param name as it is written there
 * @param from where, in words
 */
public record Said(String name, String value, String from) {

	/** The same about {@code other}. */
	public Said of(String other) {
		return new Said(other, this.value, this.from);
	}

	/** Another value, from the same place. */
	public Said valued(String other) {
		return new Said(this.name, other, this.from);
	}

}
