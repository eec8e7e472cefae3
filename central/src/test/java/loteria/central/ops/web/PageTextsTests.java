package loteria.central.ops.web;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

import loteria.central.ops.DrawSnapshot;
import loteria.protocol.Refusal.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PageTextsTests {

	@Test
	void everyLanguageSaysTheSame() {
		Map<String, String> first = PageTexts.texts(LivePage.LANGUAGES.getFirst());
		assertThat(LivePage.LANGUAGES)
			.allSatisfy((language) -> assertThat(PageTexts.texts(language)).hasSameSizeAs(first)
				.containsOnlyKeys(first.keySet())
				.allSatisfy((key, text) -> assertThat(values(text)).as(key).isEqualTo(values(first.get(key)))));
	}

	/** What a text leaves room for. */
	private static Object values(String text) {
		return Arrays.stream(text.split("(?=\\{)|(?<=})")).filter((part) -> part.startsWith("{")).sorted().toList();
	}

	@Test
	void thereIsATextForEveryStateAndEveryReason() {
		assertThat(PageTexts.texts(Locale.ENGLISH)).containsKeys(
				Arrays.stream(Reason.values()).map((reason) -> "live.reason." + reason.tag()).toArray(String[]::new))
			.containsKeys(Arrays.stream(DrawSnapshot.State.values())
				.map((state) -> "live." + state.name().toLowerCase(Locale.ROOT) + ".text")
				.toArray(String[]::new))
			.containsKeys("live.problem.store_full", "live.problem.store_away", "live.problem.store_failed",
					"live.problem.draw_failed", "live.event.started.one", "live.event.refused.other", "live.event.came",
					"live.event.finished", "live.event.went.gone", "live.event.went.done", "live.event.drawn",
					"live.event.problem", "live.event.problem.draw_failed", "live.event.mended");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			es-AR,es;q=0.9,en;q=0.8 | es
			en-GB | en
			fr,es;q=0.5 | es
			fr | en
			* | en
			'' | en
			;;; | en
			""")
	void speaksTheLanguageThatTheBrowserLikesBest(String accepted, String language) {
		assertThat(LivePage.language(accepted)).isEqualTo(Locale.forLanguageTag(language));
	}

}
