package loteria.agency.moving;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import loteria.agency.ending.Failure;
import loteria.agency.settings.Interpreter.Interpretation;
import loteria.agency.settings.Said;
import loteria.agency.settings.SettingsReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one agency was told. Which dialect it speaks, none of the five systems says, as
 * each has but one: it is concluded from names and places that only one of them has.
 */
final class Moving implements Interpretation {

	private static final Logger log = LoggerFactory.getLogger(Moving.class);

	/** Keys that {@code packets} does not have. */
	private static final List<String> NOT_OF_PACKETS = List.of("batch.maxAmount", "loop.amount", "loop.period");

	private final Path here;

	private final Path root;

	private final List<Said> said = new ArrayList<>();

	private final Set<String> withoutEffect = new LinkedHashSet<>();

	/** Dialects, each with what tells it. */
	private final Map<String, String> signs = new LinkedHashMap<>();

	Moving(Path here, Path root, Map<String, ?> variables, List<Said> file) {
		this.here = here;
		this.root = root;
		Map<Said, OtherName> others = new LinkedHashMap<>();
		variables.forEach((variable, value) -> OtherName.ofVariable(variable)
			.ifPresent((name) -> others.put(new Said(variable, value.toString(), "the environment"), name)));
		for (Said one : file) {
			OtherName.ofKey(one.name()).ifPresentOrElse((name) -> others.put(one, name), () -> this.said.add(one));
		}
		Pauses pauses = new Pauses(values(others, OtherName.RETRY_SLEEP), values(others, OtherName.RETRY_SLEEP_MAX));
		others.forEach((one, name) -> hear(name.isPause() ? pauses.withUnit(one) : one, name));
	}

	private static List<String> values(Map<Said, OtherName> others, OtherName name) {
		return others.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() == name)
			.map((entry) -> entry.getKey().value())
			.toList();
	}

	private void hear(Said one, OtherName name) {
		isSign(name.dialect(), one.name());
		String ours = name.ours();
		if (ours == null) {
			this.withoutEffect.add(one.name());
		}
		else {
			this.said.add(one.of(ours));
		}
	}

	/**
	 * @param what only {@code dialect} has
	 */
	void isSign(String dialect, String what) {
		this.signs.putIfAbsent(dialect, what);
	}

	@Override
	public List<Said> said() {
		return this.said;
	}

	@Override
	public List<String> withoutEffect() {
		return List.copyOf(this.withoutEffect);
	}

	@Override
	public boolean isKnown(String variable) {
		return OtherName.ofVariable(variable).isPresent();
	}

	@Override
	public List<Said> concluded(Function<String, Optional<String>> given) throws Failure {
		boolean silent = given.apply("dialect").isEmpty();
		Optional<String> dialect = silent ? signed() : given.apply("dialect");
		Optional<String> id = given.apply("id").filter((text) -> text.matches("[0-9]+"));
		Place place = (id.isEmpty() || given.apply("file").isPresent() || hasOurs(id.get())) ? null
				: Place.first(this.root, id.get(), dialect).orElse(null);
		List<Said> concluded = new ArrayList<>();
		if (place != null) {
			concluded.add(new Said("file", place.of(this.root, id.get()).toString(), "where it is"));
		}
		if (silent) {
			dialect.or(() -> guess(place, given)).ifPresent((guessed) -> concluded.add(guessed(guessed)));
		}
		return concluded;
	}

	private boolean hasOurs(String id) {
		return Files.exists(this.here.resolve(SettingsReader.standardFile(id)));
	}

	private Optional<String> signed() throws Failure {
		if (this.signs.size() > 1) {
			String whose = this.signs.entrySet()
				.stream()
				.map((sign) -> sign.getValue() + " is of " + sign.getKey())
				.collect(Collectors.joining(", "));
			throw Failure.unusable("config",
					"key: dialect | reason: " + whose + " | hint: say which it is, with CLI_DIALECT");
		}
		return this.signs.keySet().stream().findFirst();
	}

	private Optional<String> guess(@Nullable Place place, Function<String, Optional<String>> given) {
		if (place == null) {
			return Optional.empty();
		}
		String where = place.of(this.root, "<id>").toString();
		Optional<String> key = NOT_OF_PACKETS.stream().filter((name) -> given.apply(name).isPresent()).findFirst();
		if (!place.isOfOne() && key.isEmpty()) {
			log.warn("action: config | result: in_progress | key: dialect | reason: fixed and packets have {}, and"
					+ " nothing says which it is | hint: say it, with CLI_DIALECT", where);
			return Optional.empty();
		}
		isSign(place.dialect(), place.isOfOne() ? where : where + " with " + key.get());
		return Optional.of(place.dialect());
	}

	private Said guessed(String dialect) {
		String sign = this.signs.getOrDefault(dialect, "");
		log.info("action: config | result: in_progress | key: dialect | value: {} | reason: only it has {}"
				+ " | hint: CLI_DIALECT says otherwise", dialect, sign);
		return new Said("dialect", dialect, sign);
	}

}
