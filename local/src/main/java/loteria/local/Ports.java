package loteria.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import loteria.protocol.Dialect;
import loteria.protocol.Dialects;

/**
 * Where a central listens: the first one as it reads it from the environment itself, each
 * other one ten ports further.
 */
record Ports(int http, Map<Dialect, Integer> dialects) {

	static final String HTTP = "SERVER_PORT";

	private static final int HTTP_PORT = 8080;

	private static final int DISTANCE = 10;

	private static final int MAX_PORT = 65535;

	/**
	 * @param central its number, from 1 on
	 */
	static Ports of(Map<String, String> environment, int central) throws JobFailure {
		int http = port(environment, HTTP, HTTP_PORT, central);
		Map<Dialect, Integer> dialects = new LinkedHashMap<>();
		for (Dialect dialect : Dialects.all()) {
			dialects.put(dialect, port(environment, variable(dialect), dialect.port(), central));
		}
		return new Ports(http, dialects);
	}

	static String variable(Dialect dialect) {
		return "CENTRAL_LISTENERS_" + dialect.name().toUpperCase(Locale.ROOT) + "_PORT";
	}

	private static int port(Map<String, String> environment, String variable, int otherwise, int central)
			throws JobFailure {
		String text = environment.getOrDefault(variable, "");
		// what Kubernetes sets for a service of this name is none of ours
		boolean given = !text.isEmpty() && !text.startsWith("tcp://");
		int port = (given ? number(variable, text) : otherwise) + DISTANCE * (central - 1);
		if (port > MAX_PORT) {
			throw new JobFailure(variable + " leaves no port for central " + central + ": each needs one " + DISTANCE
					+ " above that of the one before");
		}
		return port;
	}

	private static int number(String variable, String text) throws JobFailure {
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

	/** As the central reads them. */
	Map<String, String> settings() {
		Map<String, String> settings = new HashMap<>(Map.of(HTTP, String.valueOf(this.http)));
		this.dialects.forEach((dialect, port) -> settings.put(variable(dialect), String.valueOf(port)));
		return settings;
	}

	/** The central would find out too, but only after seconds. */
	void refuseIfTaken() throws JobFailure {
		refuseIfTaken(this.http, "HTTP", HTTP);
		for (Map.Entry<Dialect, Integer> each : this.dialects.entrySet()) {
			refuseIfTaken(each.getValue(), "dialect " + each.getKey().name(), variable(each.getKey()));
		}
	}

	private static void refuseIfTaken(int port, String what, String variable) throws JobFailure {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		}
		catch (IOException ex) {
			return;
		}
		throw new JobFailure("port " + port + " (" + what + ") is taken: stop what listens there, or give another with "
				+ variable + "=...");
	}

}
