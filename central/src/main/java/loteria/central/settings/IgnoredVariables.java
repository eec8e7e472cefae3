package loteria.central.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Variables of the environment that look like settings of the central and are none. They
 * are no error: where a service is named like the central, the environment has addresses
 * that begin in the same way.
 */
public final class IgnoredVariables {

	private static final String PREFIX = "CENTRAL_";

	private IgnoredVariables() {
	}

	/** In alphabetical order. */
	public static List<String> in(ConfigurableEnvironment environment) {
		Set<String> known = environment.getPropertySources()
			.stream()
			.filter((source) -> !(source instanceof SystemEnvironmentPropertySource))
			.filter(EnumerablePropertySource.class::isInstance)
			.flatMap((source) -> List.of(((EnumerablePropertySource<?>) source).getPropertyNames()).stream())
			.map(IgnoredVariables::canonical)
			.collect(Collectors.toSet());
		return environment.getPropertySources()
			.stream()
			.filter(SystemEnvironmentPropertySource.class::isInstance)
			.flatMap((source) -> Arrays.stream(((SystemEnvironmentPropertySource) source).getPropertyNames()))
			.filter((name) -> name.startsWith(PREFIX))
			.filter((name) -> !known.contains(canonical(name)) && !KnownSettings.isOfListener(name))
			.sorted()
			.toList();
	}

	/** The same for {@code central.draw.winning-number} and the variable of it. */
	private static String canonical(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[-._]", "");
	}

}
