package loteria.central.store.disk;

import java.io.IOException;
import java.util.Locale;

/** Nothing is wrong with the disk, but that it is full. */
public final class NoRoomException extends IOException {

	private static final long serialVersionUID = 1L;

	private NoRoomException(IOException cause) {
		super(cause.getMessage(), cause);
	}

	/** Java has no type for ENOSPC and EDQUOT, only the system's own words. */
	public static IOException of(IOException ex) {
		String message = String.valueOf(ex.getMessage()).toLowerCase(Locale.ROOT);
		boolean full = message.contains("no space left") || message.contains("quota exceeded");
		return full ? new NoRoomException(ex) : ex;
	}

}
