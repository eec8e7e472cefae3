package loteria.agency.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Where the centrals are: one, or several that share a draw.
 */
public record ServerAddresses(List<ServerAddress> all) {

	public ServerAddresses {
		all = List.copyOf(all);
	}

	public static ServerAddresses of(ServerAddress... all) {
		return new ServerAddresses(List.of(all));
	}

	/**
	 * @param text addresses with commas between them, and blanks around these
	 * @return the addresses, or null if one of them is none
	 */
	static @Nullable ServerAddresses parse(String text, int standardPort) {
		List<ServerAddress> all = new ArrayList<>();
		for (String part : text.split(",", -1)) {
			ServerAddress address = ServerAddress.parse(part.strip(), standardPort);
			if (address == null) {
				return null;
			}
			all.add(address);
		}
		return new ServerAddresses(all);
	}

	@Override
	public String toString() {
		return this.all.stream().map(ServerAddress::toString).collect(Collectors.joining(","));
	}

}
