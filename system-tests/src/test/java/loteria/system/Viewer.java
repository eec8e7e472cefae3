package loteria.system;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody who has the page open. Whatever the browser complains of meanwhile, and
 * whatever it asks of another host, fails the test.
 */
final class Viewer implements AutoCloseable {

	private static final double PATIENCE_MILLIS = 30_000;

	private static final List<String> STANDARDS = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
			"best-practice");

	private final BrowserContext context;

	private final Page page;

	private final List<String> complaints = new ArrayList<>();

	private Pattern expected = Pattern.compile("nothing");

	Viewer(BrowserContext context, String url) {
		this.context = context;
		this.page = context.newPage();
		this.page.setDefaultTimeout(PATIENCE_MILLIS);
		this.page.onConsoleMessage((message) -> this.complaints.add(message.type() + ": " + message.text()));
		this.page.onPageError((error) -> this.complaints.add("error: " + error));
		this.page.onRequest((request) -> {
			if (!request.url().startsWith(url + "/")) {
				this.complaints.add("request: " + request.url());
			}
		});
		this.page.addInitScript(
				"addEventListener('securitypolicyviolation', (e) => console.error('policy: ' + e.violatedDirective))");
		this.page.navigate(url + "/");
	}

	Page page() {
		return this.page;
	}

	Locator find(String selector) {
		return this.page.locator(selector);
	}

	/** Waits until there is this text and no other. */
	void sees(String selector, String text) {
		assertThat(find(selector)).hasText(text, new HasTextOptions().setTimeout(PATIENCE_MILLIS));
	}

	/** As an English page writes it. */
	void seesNumber(String selector, long number) {
		sees(selector, String.format(Locale.ROOT, "%,d", number));
	}

	void seesPart(String selector, String text) {
		assertThat(find(selector)).containsText(text, new ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
	}

	/** The cells of one agency's row that can be seen. */
	List<String> row(int agency) {
		return find("#table tbody tr:has(th:text-is('" + agency + "')) > *:visible").allInnerTexts()
			.stream()
			.map(String::strip)
			.toList();
	}

	/** The agencies in the order of the table. */
	List<String> agencies() {
		return find("#table tbody th").allInnerTexts();
	}

	/** By axe, of the whole page as it is. */
	void isAccessible() {
		// what moves has the colours of in between
		this.page.evaluate("() => Promise.all(document.getAnimations().map((each) => each.finished))");
		assertThat(new AxeBuilder(this.page).withTags(STANDARDS).analyze().getViolations())
			.allSatisfy((rule) -> assertThat(rule.getNodes()).as(rule.getHelp()).isEmpty());
	}

	void fitsItsWindow() {
		assertThat(this.page.evaluate("document.documentElement.scrollWidth - innerWidth")).isEqualTo(0);
		assertThat((List<?>) this.page.evaluate(
				"""
						() => [...document.querySelectorAll('h1, h2, p, dt, dd, button, td, th, code, summary, li')]
							.filter((e) => e.checkVisibility() && !e.closest('.unseen, .skip') && !e.classList.contains('unseen'))
							.filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline')
							.map((e) => e.outerHTML.slice(0, 200))"""))
			.as("cut off")
			.isEmpty();
	}

	/** From now on the browser may complain of this. */
	void mayComplain(String pattern) {
		this.expected = Pattern.compile(pattern);
	}

	void picture(Path file, boolean whole) {
		this.page.screenshot(new ScreenshotOptions().setPath(file).setFullPage(whole));
	}

	@Override
	public void close() {
		this.context.close();
		assertThat(this.complaints).noneMatch((complaint) -> !this.expected.matcher(complaint).find());
	}

}
