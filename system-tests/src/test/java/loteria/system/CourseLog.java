package loteria.system;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rule by which the course reads the log of both programs: a line that tells of an
 * action has its result behind it, and each further part between bars is
 * {@code key: value}. The course's checks end with an error where one is not.
 */
final class CourseLog {

	private static final Pattern HEAD = Pattern.compile("(.* )?action: \\w+");

	private static final Pattern RESULT = Pattern.compile(" result: (success|fail|in_progress)");

	private static final Pattern PAIR = Pattern.compile(" (\\w+): .*");

	private CourseLog() {
	}

	/**
	 * The lines that break the rule; the end of a log that has no line end is not one.
	 */
	static List<String> unreadable(String log) {
		return log.substring(0, log.lastIndexOf('\n') + 1)
			.lines()
			.filter((line) -> line.contains("action:") && !line.startsWith("{") && !isReadable(line))
			.toList();
	}

	private static boolean isReadable(String line) {
		String[] parts = line.split("\\|", -1);
		if (parts.length < 2 || !HEAD.matcher(parts[0].stripTrailing()).matches()
				|| !RESULT.matcher(parts[1].stripTrailing()).matches()) {
			return false;
		}
		Set<String> keys = new HashSet<>(Set.of("source", "action", "result"));
		return Arrays.stream(parts).skip(2).allMatch((part) -> {
			Matcher pair = PAIR.matcher(part);
			return pair.matches() && keys.add(pair.group(1));
		});
	}

}
