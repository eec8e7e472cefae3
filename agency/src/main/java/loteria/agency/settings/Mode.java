package loteria.agency.settings;

/**
 * What the agency does.
 */
public enum Mode {

	/** Sends its file, or the one bet of its environment. */
	BETS,

	/** Checks that the central says again what it is told. */
	ECHO

}
