package loteria.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import loteria.protocol.Dialect;
import loteria.protocol.Dialects;

/**
 * What was asked for in the environment.
 *
 * @param data the directory of the agencies' files
 * @param agencies their numbers, ascending
 * @param dialects taken in turns
 * @param batch bets a batch at most, or empty for the agency's own default
 * @param centrals how many of them share the draw
 */
record Wanted(Path data, List<Integer> agencies, List<Dialect> dialects, String batch, int centrals) {

	private static final Pattern FILE_NAME = Pattern.compile("agency-([1-9][0-9]{0,8})\\.csv");

	private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,3}");

	static Wanted of(Map<String, String> environment, Path root) throws JobFailure, IOException {
		List<Dialect> dialects = dialects(environment.getOrDefault("DIALECT", ""));
		String given = environment.getOrDefault("DATA", "");
		Path data = (given.isEmpty() ? root.resolve(".data") : Path.of(given)).toAbsolutePath().normalize();
		if (!Files.isDirectory(data)) {
			throw new JobFailure(given.isEmpty() ? data + " is missing; make data writes it" : "DATA is '" + given
					+ "', which is no directory: name one that holds agency-1.csv and so on, or leave DATA out for .data");
		}
		return new Wanted(data, agencies(environment.getOrDefault("AGENCIES", ""), data, given.isEmpty()), dialects,
				environment.getOrDefault("BATCH", ""), centrals(environment.getOrDefault("CENTRALS", "")));
	}

	private static int centrals(String count) throws JobFailure {
		return count.isEmpty() ? 1 : number("CENTRALS", count, 9);
	}

	private static int number(String variable, String text, int most) throws JobFailure {
		if (!COUNT.matcher(text).matches() || Integer.parseInt(text) > most) {
			throw new JobFailure(variable + " is '" + text + "'; it must be a number from 1 to " + most);
		}
		return Integer.parseInt(text);
	}

	private static List<Dialect> dialects(String name) throws JobFailure {
		if (name.equals("all")) {
			return Dialects.ofAgencies();
		}
		return List.of(Dialects.named(name.isEmpty() ? "lines" : name)
			.filter(Dialects.ofAgencies()::contains)
			.orElseThrow(() -> new JobFailure("DIALECT is '" + name + "'; it must be one of: "
					+ Dialects.ofAgencies().stream().map(Dialect::name).collect(Collectors.joining(" ")) + " all")));
	}

	private static List<Integer> agencies(String count, Path data, boolean ours) throws JobFailure, IOException {
		if (count.isEmpty()) {
			List<Integer> present = present(data);
			if (present.isEmpty()) {
				throw new JobFailure("no agency-<n>.csv in " + data + (ours ? "; make data writes some" : ""));
			}
			return present;
		}
		List<Integer> agencies = IntStream.rangeClosed(1, number("AGENCIES", count, 9999)).boxed().toList();
		for (int agency : agencies) {
			Path file = data.resolve("agency-" + agency + ".csv");
			if (!Files.isReadable(file)) {
				throw new JobFailure(file + " is missing" + (ours ? "; make data AGENCIES=" + count + " writes it"
						: ", and AGENCIES=" + count + " asks for it"));
			}
		}
		return agencies;
	}

	private static List<Integer> present(Path data) throws IOException {
		List<Integer> numbers = new ArrayList<>();
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(data)) {
			for (Path entry : entries) {
				Matcher name = FILE_NAME.matcher(entry.getFileName().toString());
				if (name.matches()) {
					numbers.add(Integer.valueOf(name.group(1)));
				}
			}
		}
		numbers.sort(null);
		return List.copyOf(numbers);
	}

	Path file(int agency) {
		return this.data.resolve("agency-" + agency + ".csv");
	}

	/** What an agency speaks. */
	Dialect dialect(int agency) {
		return this.dialects.get(this.agencies.indexOf(agency) % this.dialects.size());
	}

	/** The agencies as the central takes them: {@code 1-5,8}. */
	String list() {
		StringBuilder list = new StringBuilder();
		for (int i = 0; i < this.agencies.size();) {
			int first = i;
			while (++i < this.agencies.size() && this.agencies.get(i) == this.agencies.get(i - 1) + 1) {
				continue;
			}
			list.append(list.isEmpty() ? "" : ",")
				.append(this.agencies.get(first))
				.append('-')
				.append(this.agencies.get(i - 1));
		}
		return list.toString();
	}

}
