package loteria.central.tcp;

import java.net.BindException;
import java.net.UnknownHostException;
import java.util.Locale;

import loteria.central.settings.Listener;

/**
 * Why a listener does not listen, or not any more, and what can be done about it. Java
 * has types for few of the causes; the system's own words tell the others.
 */
enum ListenerFault {

	/** Another program listens there. */
	TAKEN("free the port, or set central.listeners.<name>.port"),

	/** Of a port below 1024, by a user who may not. */
	FORBIDDEN("this user may not listen there: set central.listeners.<name>.port to one from 1024 on"),

	/** The address is none of the machine's. */
	NOT_HERE("set central.listeners.<name>.address to an address of this machine, or leave it out for all of them"),

	/** The process has as many files open as it may. */
	NO_DESCRIPTORS("raise the limit of open files (ulimit -n), or lower central.connections.max"),

	/** Whatever else there is. */
	OTHER("central.listeners.<name> says where it listens");

	private final String advice;

	ListenerFault(String advice) {
		this.advice = advice;
	}

	static ListenerFault of(Throwable thrown) {
		String message = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
		if (message.contains("too many open files")) {
			return NO_DESCRIPTORS;
		}
		if (message.contains("permission denied")) {
			return FORBIDDEN;
		}
		if (thrown instanceof UnknownHostException || message.contains("cannot assign requested address")) {
			return NOT_HERE;
		}
		return (thrown instanceof BindException) ? TAKEN : OTHER;
	}

	/** What follows the result in the log's line about a listener. */
	static String describe(String name, Listener listener, Throwable thrown) {
		return String.format(Locale.ROOT, "listener: %s | address: %s | port: %d | error: %s | hint: %s", name,
				(listener.address() != null) ? listener.address() : "all", listener.port(), thrown.getMessage(),
				of(thrown).advice.replace("<name>", name));
	}

}
