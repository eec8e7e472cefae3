package loteria.system;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import com.google.gson.JsonElement;
import com.microsoft.playwright.CDPSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the live page of a thousand agencies costs a browser: {@code make page-cost}. Its
 * name keeps it out of all other runs.
 */
class PageCost {

	private static final int AGENCIES = 1000;

	private static final int OPENINGS = 5;

	private static final int MINUTES = Integer.getInteger("minutes", 10);

	private static final double MEGABYTE = 1024 * 1024;

	@Test
	void ofAThousandAgencies(@TempDir Path directory) throws Exception {
		Random random = new Random(7574);
		List<SocketAgency> agencies = new ArrayList<>();
		try (Chromium chromium = Chromium.launch();
				Lottery lottery = new Lottery(directory, Data.generated()).with("CENTRAL_AGENCIES", "1-" + AGENCIES)) {
			lottery.startCentral();
			for (int number = 1; number <= AGENCIES; number++) {
				agencies.add(new SocketAgency(lottery, number));
			}
			send(agencies, random);
			for (int opening = 0; opening < OPENINGS; opening++) {
				try (Viewer viewer = chromium.open(lottery.httpPort(), Chromium.desktop())) {
					viewer.seesPart("#link", "Live");
					Object paint = viewer.page()
						.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime");
					say("first contentful paint after %.0f ms", ((Number) paint).doubleValue());
				}
			}
			try (Viewer viewer = chromium.open(lottery.httpPort(), Chromium.desktop())) {
				viewer.seesPart("#link", "Live");
				CDPSession browser = viewer.page().context().newCDPSession(viewer.page());
				browser.send("Performance.enable");
				List<Double> heaps = new ArrayList<>();
				for (int minute = 0; minute <= MINUTES; minute++) {
					heaps.add(heap(browser) / MEGABYTE);
					say("after %d min: %.1f MB of JavaScript's heap, %s elements", minute, heaps.getLast(),
							viewer.page().evaluate("document.getElementsByTagName('*').length"));
					long begun = System.nanoTime();
					while (minute < MINUTES && System.nanoTime() - begun < Duration.ofMinutes(1).toNanos()) {
						send(agencies, random);
						LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
					}
				}
				// the charts fill for five minutes; nothing may grow behind that
				int full = Math.min(6, heaps.size() - 1);
				assertThat(heaps.getLast()).isLessThan(heaps.get(full) * 1.3);
			}
		}
		finally {
			for (SocketAgency agency : agencies) {
				agency.close();
			}
		}
	}

	private static void send(List<SocketAgency> agencies, Random random) throws IOException {
		for (SocketAgency agency : agencies) {
			agency.send(10 + random.nextInt(60), 0);
		}
	}

	/** What is left of it when nothing is kept that nobody needs. */
	private static double heap(CDPSession browser) {
		browser.send("HeapProfiler.collectGarbage");
		for (JsonElement metric : browser.send("Performance.getMetrics").getAsJsonArray("metrics")) {
			if (metric.getAsJsonObject().get("name").getAsString().equals("JSHeapUsedSize")) {
				return metric.getAsJsonObject().get("value").getAsDouble();
			}
		}
		throw new IllegalStateException("the browser does not say how large its heap is");
	}

	private static void say(String format, Object... values) {
		System.out.printf(Locale.ROOT, "  " + format + "%n", values);
	}

}
