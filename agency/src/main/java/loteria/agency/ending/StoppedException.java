package loteria.agency.ending;

/**
 * Unwinds whatever the program is doing after {@link StopSwitch#stop}, so that every
 * resource is closed by the code that opened it. Nobody but the program's outermost loop
 * catches it.
 */
public final class StoppedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	StoppedException(String cause) {
		super(cause, null, false, false);
	}

}
