package loteria.protocol;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The dialects there are: those named in
 * {@code META-INF/services/loteria.protocol.Dialect}, a line each.
 */
public final class Dialects {

	private static final List<Dialect> ALL = ServiceLoader.load(Dialect.class, Dialects.class.getClassLoader())
		.stream()
		.map(ServiceLoader.Provider::get)
		.sorted(Comparator.comparingInt(Dialect::port))
		.toList();

	private Dialects() {
	}

	/** In the order of their ports. */
	public static List<Dialect> all() {
		return ALL;
	}

	public static Optional<Dialect> named(String name) {
		return ALL.stream().filter((dialect) -> dialect.name().equals(name)).findFirst();
	}

}
