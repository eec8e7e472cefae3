package loteria.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import loteria.protocol.Dialect;
import loteria.protocol.Dialects;

/**
 * Where a central listens: the first one as it reads it from the environment itself, each
 * other one ten ports further.
 *
 * @param central its number, from 1 on
 */
record Ports(Map<String, String> environment, int central) {

	static final String HTTP = "SERVER_PORT";

	private static final int HTTP_PORT = 8080;

	private static final int DISTANCE = 10;

	private static final int MAX_PORT = 65535;

	/** As the central reads them. */
	Map<String, String> settings() throws JobFailure {
		Map<String, String> settings = new HashMap<>(Map.of(HTTP, String.valueOf(http())));
		for (Dialect dialect : Dialects.all()) {
			settings.put(variable(dialect), String.valueOf(of(dialect)));
		}
		return settings;
	}

	static String variable(Dialect dialect) {
		return "CENTRAL_LISTENERS_" + dialect.name().toUpperCase(Locale.ROOT) + "_PORT";
	}

	int of(Dialect dialect) throws JobFailure {
		return port(variable(dialect), dialect.port());
	}

	int http() throws JobFailure {
		return port(HTTP, HTTP_PORT);
	}

	private int port(String variable, int otherwise) throws JobFailure {
		int port = first(variable, otherwise) + DISTANCE * (this.central - 1);
		if (port > MAX_PORT) {
			throw new JobFailure(variable + " leaves no port for central " + this.central + ": each needs one "
					+ DISTANCE + " above that of the one before");
		}
		return port;
	}

	private int first(String variable, int otherwise) throws JobFailure {
		String text = this.environment.getOrDefault(variable, "");
		// what Kubernetes sets for a service of this name is none of ours
		if (text.isEmpty() || text.startsWith("tcp://")) {
			return otherwise;
		}
		try {
			int port = Integer.parseInt(text);
			if (port >= 1 && port <= MAX_PORT) {
				return port;
			}
		}
		catch (NumberFormatException ex) {
			// said below
		}
		throw new JobFailure(variable + " is '" + text + "'; it must be a port from 1 to 65535");
	}

	/** The central would find out too, but only after seconds. */
	void refuseIfTaken() throws JobFailure {
		refuseIfTaken(http(), "HTTP", HTTP);
		for (Dialect dialect : Dialects.all()) {
			refuseIfTaken(of(dialect), "dialect " + dialect.name(), variable(dialect));
		}
	}

	private static void refuseIfTaken(int port, String what, String variable) throws JobFailure {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		}
		catch (IOException ex) {
			return;
		}
		throw new JobFailure(String.format(Locale.ROOT,
				"port %s (%s) is taken: stop what listens there, or give another with %s=...", String.valueOf(port),
				what, variable));
	}

}
