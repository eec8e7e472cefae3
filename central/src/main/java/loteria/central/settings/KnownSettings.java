package loteria.central.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import loteria.process.Spelling;
import loteria.protocol.Dialect;
import loteria.protocol.Dialects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * The settings there are: the central's own, which all have a default, and those of the
 * framework, which its libraries list.
 */
public final class KnownSettings {

	/** Of the framework's, those that docs/settings.md names. */
	private static final List<String> NAMED = List.of("server.port", "server.tomcat.max-connections",
			"server.tomcat.threads.max", "management.server.port", "spring.datasource.url",
			"spring.datasource.username");

	private static final String OF_LISTENER = Stream
		.concat(names(Listener.class), names(Listener.Ssl.class).map((name) -> "ssl\\." + name))
		.collect(Collectors.joining("|", "\\.(", ")"));

	private static final Pattern LISTENER = Pattern.compile("central\\.listeners\\.[^.]+" + OF_LISTENER);

	private static final Pattern LISTENER_VARIABLE = Pattern
		.compile("central\\.listeners\\..+" + OF_LISTENER + "(\\.\\d+)?");

	private static final String OWN = "central.";

	private static final String FRAMEWORK = "META-INF/spring-configuration-metadata.json";

	private KnownSettings() {
	}

	/**
	 * The central's own with their defaults, in the order of {@code application.yaml},
	 * the listeners behind the others.
	 */
	public static Map<String, Object> defaults() {
		try {
			Map<String, Object> settings = new LinkedHashMap<>();
			Map<String, Object> named = new LinkedHashMap<>();
			for (PropertySource<?> source : new YamlPropertySourceLoader().load("defaults",
					new ClassPathResource("application.yaml"))) {
				for (String name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
					if (name.startsWith(OWN) || NAMED.contains(name)) {
						(name.startsWith(OWN) ? settings : named).put(name, String.valueOf(source.getProperty(name)));
					}
				}
			}
			settings.putAll(listeners());
			settings.putAll(named);
			return settings;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the jar is not complete", ex);
		}
	}

	/** A listener of each dialect there is, called like it. */
	public static Map<String, Object> listeners() {
		Map<String, Object> settings = new LinkedHashMap<>();
		for (Dialect dialect : Dialects.all()) {
			String listener = "central.listeners." + dialect.name();
			settings.put(listener + ".dialect", dialect.name());
			settings.put(listener + ".port", String.valueOf(dialect.port()));
			settings.put(listener + ".enabled", "true");
		}
		return settings;
	}

	private static Stream<String> names(Class<? extends Record> settings) {
		return Arrays.stream(settings.getRecordComponents()).map((component) -> canonical(component.getName()));
	}

	/** Those of {@code names} that are not settings. */
	public static List<String> unknown(Collection<String> names) {
		Set<String> own = canonical(defaults().keySet());
		List<String> rest = names.stream()
			.filter((name) -> !own.contains(canonical(name)) && !LISTENER.matcher(canonical(name)).matches())
			.toList();
		if (rest.isEmpty()) {
			return rest;
		}
		List<String> framework = framework();
		Set<String> known = canonical(framework);
		return rest.stream().filter((name) -> !isKnown(canonical(name), known)).toList();
	}

	/** Whether a variable of the environment is a setting of a listener. */
	static boolean isOfListener(String variable) {
		return LISTENER_VARIABLE.matcher(canonical(variable.replace("CLIENT_AUTH", "CLIENTAUTH").replace('_', '.')))
			.matches();
	}

	private static boolean isKnown(String name, Set<String> known) {
		return known.contains(name)
				|| known.stream().anyMatch((prefix) -> prefix.endsWith(".") && name.startsWith(prefix));
	}

	/**
	 * The setting that was probably meant, if there is one of a similar name: the
	 * central's own before the framework's, the whole name before its end.
	 */
	public static Optional<String> nearest(String name) {
		List<String> own = new ArrayList<>(defaults().keySet());
		own.addAll(NAMED);
		List<String> framework = framework().stream().filter((setting) -> !setting.endsWith(".")).toList();
		return Spelling.nearest(name, own).or(() -> nearestEnd(name, own)).or(() -> Spelling.nearest(name, framework));
	}

	private static Optional<String> nearestEnd(String name, List<String> settings) {
		Map<String, String> byEnd = new LinkedHashMap<>();
		for (String setting : settings) {
			for (int dot = setting.indexOf('.'); dot >= 0; dot = setting.indexOf('.', dot + 1)) {
				byEnd.putIfAbsent(setting.substring(dot + 1), setting);
			}
		}
		return Spelling.nearest(name, byEnd.keySet()).map(byEnd::get);
	}

	/** One that is a map ends with a dot: what follows may be anything. */
	private static List<String> framework() {
		List<String> names = new ArrayList<>();
		try {
			for (URL url : Collections.list(KnownSettings.class.getClassLoader().getResources(FRAMEWORK))) {
				try (InputStream in = url.openStream()) {
					for (JsonNode property : JsonMapper.shared().readTree(in).path("properties")) {
						String type = property.path("type").asString("");
						names.add(property.path("name").asString() + (type.startsWith("java.util.Map") ? "." : ""));
					}
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the jar is not complete", ex);
		}
		return names;
	}

	private static Set<String> canonical(Collection<String> names) {
		Set<String> canonical = new TreeSet<>();
		names.forEach((name) -> canonical.add(canonical(name)));
		return canonical;
	}

	/** As the framework compares them: no dashes, no case; an element for its list. */
	static String canonical(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[-_]|\\[\\d*]", "");
	}

}
