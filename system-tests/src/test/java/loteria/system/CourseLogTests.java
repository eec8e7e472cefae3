package loteria.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rule itself, and every line that the two programs have words for, also those that
 * no test makes them write.
 */
class CourseLogTests {

	/** Literals of Java, with those that a plus joins to them. */
	private static final Pattern TEXT = Pattern
		.compile("(?<!\")\"(?:[^\"\\\\\n]|\\\\.)+\"(?:\\s*\\+\\s*\"(?:[^\"\\\\\n]|\\\\.)*\")*");

	/** A placeholder may stand for whole pairs. */
	private static final Pattern PAIR = Pattern.compile("(\\w+: .*|(\\{}|%s)+)?", Pattern.DOTALL);

	@Test
	void everyPartBetweenBarsOfTheProgramsIsAKeyWithItsValue() throws IOException {
		List<String> broken = new ArrayList<>();
		for (String program : List.of("central", "agency")) {
			try (Stream<Path> files = Files.walk(Program.repository().resolve(program).resolve("src/main/java"))) {
				for (Path file : files.filter((path) -> path.toString().endsWith(".java")).toList()) {
					texts(Files.readString(file)).filter((text) -> !areKeysWithValues(text))
						.forEach((text) -> broken.add(file.getFileName() + ": " + text));
				}
			}
		}
		assertThat(broken).isEmpty();
	}

	private static Stream<String> texts(String source) {
		return TEXT.matcher(source)
			.results()
			.map((found) -> found.group().replaceAll("\"\\s*\\+\\s*\"", ""))
			.map((text) -> text.substring(1, text.length() - 1))
			.filter((text) -> text.contains(" | "));
	}

	private static boolean areKeysWithValues(String text) {
		return Stream.of(text.split(" \\| ")).skip(1).allMatch((part) -> PAIR.matcher(part).matches());
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-01-01 00:00:00 INFO     action: exit | result: success\n",
			"action: config | result: fail | reason: a: b | hint: c\n", "no action here | and no rule\n",
			"action: config | result: fail | cut sho" })
	void readsWhatTheCourseReads(String log) {
		assertThat(CourseLog.unreadable(log)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "action: config | result: success | words\n", "action: config | result: done\n",
			"action: config\n", "action: config | result: fail | result: success\n",
			"action: config | result: fail | a: 1 | a: 2\n", "action: config | result: fail | a: 1|2\n" })
	void namesWhatItCanNotRead(String log) {
		assertThat(CourseLog.unreadable(log)).hasSize(1);
	}

}
