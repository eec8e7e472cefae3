package loteria.central.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import loteria.central.lottery.ExpectedAgencies;
import org.springframework.boot.convert.DurationStyle;

/**
 * A conversation with the central, as a file has it. A line is one step, of peer 1 unless
 * it begins with the number of another:
 * <ul>
 * <li>{@code # prose}, and empty lines
 * <li>{@code set <key>=<value>}: a setting of the central, before all steps; unless it is
 * set, one agency is expected
 * <li>{@code connect}: to the listener of the file's folder; {@code connect <listener>}:
 * to another
 * <li>{@code send <bytes>}: in one segment, if they fit
 * <li>{@code expect <bytes>}: the next bytes that the central sends
 * <li>{@code expect-close}: nothing more comes, the central closes
 * <li>{@code end}: the peer will send nothing more, but listens
 * <li>{@code close}: the peer closes
 * <li>{@code refused <reason> <count>}: how many refusals of that reason were counted for
 * the folder's dialect
 * <li>{@code stored <count>}: how many bets are in the store
 * <li>{@code finished <count>}: how many agencies have finished
 * </ul>
 * A line that begins with a blank goes on where the one before ended. The notation of
 * bytes is that of {@link TranscriptBytes}. When the steps are done, each peer that is
 * still connected ends, and the central must close without sending another byte.
 *
 * @param name folder and file
 */
record Transcript(String name, List<String> settings, List<Step> steps) {

	private static final String AGENCIES = "--central.agencies=";

	private static final String TIMEOUT = "--central.draw.timeout=";

	static final Path FOLDER = Path.of("src/test/resources/transcripts");

	private static final Pattern LINE = Pattern.compile("(?:(?<peer>[1-9]) )?(?<verb>[a-z-]+)(?: (?<argument>.*))?",
			Pattern.DOTALL);

	/** All there are, in the order of their names. */
	static List<Transcript> all() {
		try (Stream<Path> files = Files.walk(FOLDER)) {
			return files.filter(Files::isRegularFile).sorted().map(Transcript::read).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Transcript read(Path file) {
		try {
			return parse(FOLDER.relativize(file).toString(), Files.readAllLines(file, StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Transcript parse(String name, List<String> lines) {
		List<String> settings = new ArrayList<>();
		List<Step> steps = new ArrayList<>();
		for (String line : joined(lines)) {
			if (line.startsWith("set ") && steps.isEmpty()) {
				settings.add("--" + line.substring("set ".length()));
			}
			else {
				steps.add(step(name, line));
			}
		}
		return new Transcript(name, settings, steps);
	}

	private static List<String> joined(List<String> lines) {
		List<String> joined = new ArrayList<>();
		for (String line : lines) {
			if (line.startsWith(" ")) {
				joined.add(joined.removeLast() + line.strip());
			}
			else if (!line.isEmpty() && !line.startsWith("#")) {
				joined.add(line);
			}
		}
		return joined;
	}

	private static Step step(String name, String line) {
		Matcher parts = LINE.matcher(line);
		if (!parts.matches()) {
			throw new IllegalArgumentException(name + ": no such line: " + line);
		}
		int peer = (parts.group("peer") != null) ? Integer.parseInt(parts.group("peer")) : 1;
		String argument = parts.group("argument");
		if (argument != null) {
			return switch (parts.group("verb")) {
				case "connect" -> new Connect(peer, argument);
				case "send" -> new Send(peer, TranscriptBytes.of(argument));
				case "expect" -> new Expect(peer, TranscriptBytes.of(argument));
				case "refused" -> refused(peer, argument.split(" "));
				case "finished" -> new Finished(peer, Integer.parseInt(argument));
				case "stored" -> new Stored(peer, Integer.parseInt(argument));
				default -> throw new IllegalArgumentException(name + ": no such line: " + line);
			};
		}
		return switch (parts.group("verb")) {
			case "connect" -> new Connect(peer, folder(name));
			case "expect-close" -> new ExpectClose(peer);
			case "end" -> new End(peer);
			case "close" -> new Close(peer);
			default -> throw new IllegalArgumentException(name + ": no such line: " + line);
		};
	}

	private static Step refused(int peer, String[] reasonAndCount) {
		return new Refused(peer, reasonAndCount[0], Integer.parseInt(reasonAndCount[1]));
	}

	/** All but those of the lottery behind it. */
	List<String> settingsOfCentral() {
		return this.settings.stream()
			.filter((setting) -> !setting.startsWith(AGENCIES) && !setting.startsWith(TIMEOUT))
			.toList();
	}

	ExpectedAgencies agencies() {
		return ExpectedAgencies.parse(setting(AGENCIES).orElse("1")).orElseThrow();
	}

	/** How long an agency waits for the draw. */
	Duration patience() {
		return DurationStyle.detectAndParse(setting(TIMEOUT).orElse("120s"));
	}

	private Optional<String> setting(String name) {
		return this.settings.stream()
			.filter((setting) -> setting.startsWith(name))
			.map((setting) -> setting.substring(name.length()))
			.findFirst();
	}

	/** The dialect whose folder this is in. */
	String dialect() {
		return folder(this.name);
	}

	private static String folder(String name) {
		return name.substring(0, name.indexOf('/'));
	}

	@Override
	public String toString() {
		return this.name;
	}

	sealed interface Step {

		int peer();

	}

	record Connect(int peer, String listener) implements Step {
	}

	record Send(int peer, byte[] bytes) implements Step {
	}

	record Expect(int peer, byte[] bytes) implements Step {
	}

	record ExpectClose(int peer) implements Step {
	}

	record End(int peer) implements Step {
	}

	record Close(int peer) implements Step {
	}

	record Refused(int peer, String reason, int count) implements Step {
	}

	record Finished(int peer, int count) implements Step {
	}

	record Stored(int peer, int count) implements Step {
	}

}
