package loteria.central.ops.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

import tools.jackson.databind.json.JsonMapper;
import org.springframework.web.util.HtmlUtils;

/**
 * The page in one language: its template with the texts of that language filled in. Those
 * whose names begin with {@value #LIVE} are for its scripts, as JSON.
 */
final class PageTexts {

	static final String LIVE = "live.";

	private static final String TEMPLATE = "page.html";

	private PageTexts() {
	}

	static byte[] page(Locale language, JsonMapper json) {
		SortedMap<String, String> texts = texts(language);
		String page = read(TEMPLATE).replace("{{lang}}", language.toLanguageTag());
		SortedMap<String, String> live = new TreeMap<>();
		for (Map.Entry<String, String> text : texts.entrySet()) {
			page = page.replace("{{" + text.getKey() + "}}", HtmlUtils.htmlEscape(text.getValue(), "UTF-8"));
			if (text.getKey().startsWith(LIVE)) {
				live.put(text.getKey().substring(LIVE.length()), text.getValue());
			}
		}
		page = page.replace("{{texts}}", json.writeValueAsString(live).replace("<", "\\u003c"));
		if (page.contains("{{")) {
			throw new IllegalStateException(TEMPLATE + " has no text in " + language + " for "
					+ page.substring(page.indexOf("{{")).split("}}")[0]);
		}
		return page.getBytes(StandardCharsets.UTF_8);
	}

	static SortedMap<String, String> texts(Locale language) {
		Properties properties = new Properties();
		try (InputStreamReader in = new InputStreamReader(open("texts_" + language.getLanguage() + ".properties"),
				StandardCharsets.UTF_8)) {
			properties.load(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the jar is not complete", ex);
		}
		SortedMap<String, String> texts = new TreeMap<>();
		properties.stringPropertyNames().forEach((name) -> texts.put(name, properties.getProperty(name)));
		return texts;
	}

	private static String read(String name) {
		try (InputStream in = open(name)) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the jar is not complete", ex);
		}
	}

	private static InputStream open(String name) throws IOException {
		InputStream in = PageTexts.class.getResourceAsStream(name);
		if (in == null) {
			throw new IOException("no " + name);
		}
		return in;
	}

}
