package loteria.central.tcp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import loteria.protocol.Dialect;
import loteria.protocol.Dialects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code docs/protocols.md} shows to those who write a client is what the central
 * does: each example stands in a transcript.
 */
class DocumentedProtocolsTests {

	private static final Path DOCUMENT = Path.of("../docs/protocols.md");

	private static final Pattern EXAMPLE = Pattern.compile("^```(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern FILE_AND_LINES = Pattern.compile("\\n# (\\w+/\\w+\\.txt)\\n(.+\\n)", Pattern.DOTALL);

	static Stream<String> examples() throws IOException {
		return EXAMPLE.matcher(Files.readString(DOCUMENT)).results().map((match) -> match.group(1));
	}

	private static MatchResult fileAndLines(String example) {
		return FILE_AND_LINES.matcher(example)
			.results()
			.findFirst()
			.filter((match) -> match.group().equals(example))
			.orElseThrow(() -> new AssertionError("an example begins with a line # <dialect>/<file>.txt: " + example));
	}

	@ParameterizedTest
	@MethodSource("examples")
	void examplesStandInTheTranscriptsTheyName(String example) throws IOException {
		MatchResult parts = fileAndLines(example);
		assertThat("\n" + Files.readString(Transcript.FOLDER.resolve(parts.group(1)))).contains("\n" + parts.group(2));
	}

	@Test
	void everyDialectHasExamplesAndAChapter() throws IOException {
		String document = Files.readString(DOCUMENT);
		for (Dialect dialect : Dialects.all()) {
			assertThat(document).contains("\n## `" + dialect.name() + "`\n")
				.contains(String.valueOf(dialect.port()))
				.contains("# " + dialect.name() + "/");
		}
	}

}
