package loteria.agency.settings;

import loteria.bet.Texts;
import org.jspecify.annotations.Nullable;

/**
 * Where the central is.
 *
 * @param host a name, or an address without brackets
 */
public record ServerAddress(String host, int port) {

	private static final int MAX_PORT = 65535;

	/**
	 * @param text {@code host}, {@code host:port}, {@code [address]}, or
	 * {@code [address]:port}
	 * @return the address, or null if {@code text} is none
	 */
	static @Nullable ServerAddress parse(String text, int standardPort) {
		int hostEnd = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
		if (hostEnd <= 0 || hostEnd == text.length()) {
			return text.startsWith("[") && hostEnd == 0 ? null : of(text, standardPort);
		}
		long port = Texts.number(text.substring(hostEnd + 1), 5);
		boolean valid = text.charAt(hostEnd) == ':' && port >= 1 && port <= MAX_PORT;
		return valid ? of(text.substring(0, hostEnd), (int) port) : null;
	}

	private static @Nullable ServerAddress of(String host, int port) {
		String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
		boolean named = !bare.isEmpty() && Texts.isPlain(bare)
				&& bare.chars().noneMatch((c) -> Character.isWhitespace(c) || c == '/');
		return named && (bare.equals(host) == (bare.indexOf(':') < 0)) ? new ServerAddress(bare, port) : null;
	}

	@Override
	public String toString() {
		return ((this.host.indexOf(':') < 0) ? this.host : "[" + this.host + "]") + ":" + this.port;
	}

}
