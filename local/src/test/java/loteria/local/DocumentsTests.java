package loteria.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What documents point to is there. Their commands are run by the scripts that check
 * things from outside.
 */
class DocumentsTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

	private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

	private static final Pattern BLOCK = Pattern.compile("^```.*?^```$", Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern MAKE = Pattern.compile("^make ([a-z][a-z-]*)", Pattern.MULTILINE);

	private static final Pattern MAKE_AS_CODE = Pattern.compile("`make ([a-z][a-z-]*)");

	private static final Pattern SETTING = Pattern.compile("^\\| `[^`]+` \\| [^|]* \\| ", Pattern.MULTILINE);

	private static final Pattern RUNBOOK = Pattern
		.compile("runbook_url: \"\\{\\{ \\$externalLabels.runbook }}(#\\S+)\"");

	/** A script or a file of settings, as it is called from the root. */
	private static final Pattern FILE = Pattern.compile(
			"(?:^|[`\\s])(?:\\./)?((?:scripts|docker|docs|\\.ci)/[\\w./-]+|[\\w-]+\\.sh)(?=[`\\s])", Pattern.MULTILINE);

	static Stream<Path> documents() throws IOException {
		try (Stream<Path> root = Files.list(ROOT); Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
			return Stream.concat(root, docs)
				.filter((path) -> path.toString().endsWith(".md"))
				.sorted()
				.toList()
				.stream();
		}
	}

	@ParameterizedTest
	@MethodSource("documents")
	void everyLinkLeadsSomewhere(Path document) throws IOException {
		String text = Files.readString(document);
		List<String> dead = new ArrayList<>();
		Matcher links = LINK.matcher(text);
		while (links.find()) {
			String link = links.group(1);
			if (!link.contains("://") && !leadsSomewhere(document, link)) {
				dead.add(link);
			}
		}
		assertThat(dead).isEmpty();
	}

	private static boolean leadsSomewhere(Path document, String link) throws IOException {
		int hash = link.indexOf('#');
		String file = (hash < 0) ? link : link.substring(0, hash);
		Path target = file.isEmpty() ? document : document.resolveSibling(file).normalize();
		return target.startsWith(ROOT) && Files.exists(target)
				&& (hash < 0 || anchors(target).contains(link.substring(hash + 1)));
	}

	/** As GitHub makes them of headings. */
	private static List<String> anchors(Path document) throws IOException {
		return HEADING.matcher(Files.readString(document))
			.results()
			.map((heading) -> heading.group(1)
				.toLowerCase(Locale.ROOT)
				.replaceAll("[^\\p{L}\\p{N} _-]", "")
				.replace(' ', '-'))
			.toList();
	}

	@ParameterizedTest
	@MethodSource("documents")
	void everyTargetOfMakeIsThere(Path document) throws IOException {
		String makefile = Files.readString(ROOT.resolve("Makefile"));
		String text = Files.readString(document);
		Stream<String> inBlocks = BLOCK.matcher(text)
			.results()
			.flatMap((block) -> MAKE.matcher(block.group()).results())
			.map((target) -> target.group(1));
		Stream<String> asCode = MAKE_AS_CODE.matcher(text).results().map((target) -> target.group(1));
		assertThat(Stream.concat(inBlocks, asCode))
			.allSatisfy((target) -> assertThat(makefile).contains("\n" + target + ":"));
	}

	@ParameterizedTest
	@MethodSource("documents")
	void everyFileThatIsNamedIsThere(Path document) throws IOException {
		assertThat(FILE.matcher(Files.readString(document)).results().map((file) -> file.group(1)))
			.allSatisfy((file) -> assertThat(ROOT.resolve(file.replaceFirst("[.,]+$", ""))).exists());
	}

	/** Which that document has, tests of the two programs hold against their code. */
	@Test
	void settingsOfTheReadmeStandInTheirDocumentWithTheSameDefault() throws IOException {
		String document = Files.readString(ROOT.resolve("docs/settings.md"));
		String readme = Files.readString(ROOT.resolve("README.md"));
		String ten = readme.substring(readme.indexOf("\n## The ten settings"), readme.indexOf("\n## Ten words"));
		assertThat(SETTING.matcher(ten).results().map(MatchResult::group)).hasSize(10)
			.allSatisfy((row) -> assertThat(document).contains("\n" + row));
	}

	@Test
	void everyAlertHasItsSectionInTheRunbook() throws IOException {
		String rules = Files.readString(ROOT.resolve("docker/observability/rules.yaml"));
		List<String> runbooks = RUNBOOK.matcher(rules).results().map((runbook) -> runbook.group(1)).toList();
		assertThat(runbooks).hasSameSizeAs(Pattern.compile("- alert:").matcher(rules).results().toList())
			.allSatisfy((runbook) -> assertThat(leadsSomewhere(ROOT.resolve("docs/operations.md"), runbook)).isTrue());
	}

}
