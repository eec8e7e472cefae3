package loteria.agency.ending;

/**
 * Unwinds whatever the program is doing after {@link StopSwitch#stop}, so that every
 * resource is closed by the code that opened it. It ends the program well; who has
 * something under way makes a {@link Failure} of it.
 */
public final class StoppedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	StoppedException(String cause) {
		super(cause, null, false, false);
	}

}
