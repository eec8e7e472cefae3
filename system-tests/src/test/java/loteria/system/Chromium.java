package loteria.system;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import com.microsoft.playwright.options.ColorScheme;

/**
 * The machine's Chromium, or the one that the variable {@value #VARIABLE} names. Nothing
 * is downloaded.
 */
final class Chromium implements AutoCloseable {

	private static final String VARIABLE = "CHROMIUM";

	private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome-stable",
			"google-chrome");

	private final Playwright playwright;

	private final Browser browser;

	private Chromium(Playwright playwright, Browser browser) {
		this.playwright = playwright;
		this.browser = browser;
	}

	static Chromium launch() {
		Path program = program();
		Playwright playwright = Playwright
			.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		return new Chromium(playwright, playwright.chromium()
			.launch(new LaunchOptions().setExecutablePath(program)
				.setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"))));
	}

	private static Path program() {
		String named = System.getenv(VARIABLE);
		Stream<Path> places = (named != null && !named.isEmpty()) ? Stream.of(Path.of(named))
				: Stream.of(System.getenv("PATH").split(File.pathSeparator))
					.flatMap((directory) -> NAMES.stream().map((name) -> Path.of(directory, name)));
		return places.filter(Files::isExecutable)
			.findFirst()
			.orElseThrow(() -> new AssertionError("the live page is tested in a real Chromium, and there is none on the"
					+ " PATH: apt-get install chromium, or set " + VARIABLE + "=<its path>"));
	}

	/** As a large window in the light that speaks English. */
	static Browser.NewContextOptions desktop() {
		return new Browser.NewContextOptions().setViewportSize(1280, 900)
			.setColorScheme(ColorScheme.LIGHT)
			.setLocale("en-US")
			.setTimezoneId("America/Argentina/Buenos_Aires");
	}

	static Browser.NewContextOptions phone() {
		return desktop().setViewportSize(390, 844).setHasTouch(true).setIsMobile(true);
	}

	Viewer open(int port, Browser.NewContextOptions options) {
		return new Viewer(this.browser.newContext(options), "http://localhost:" + port);
	}

	@Override
	public void close() {
		this.browser.close();
		this.playwright.close();
	}

}
