package loteria.central.lottery;

/**
 * What becomes of an agency that finishes and has not said which it is: the setting
 * {@code central.draw.unnamed}.
 */
public enum Unnamed {

	/** It counts as long as it is connected, once an address. */
	CONNECTED,

	/** It is refused. */
	OFF

}
