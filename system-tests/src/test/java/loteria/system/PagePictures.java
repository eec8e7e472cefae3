package loteria.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Takes the pictures of the documents: {@code make pictures}. Its name keeps it out of
 * all other runs.
 */
@TestInstance(Lifecycle.PER_CLASS)
class PagePictures {

	private static final Path IMAGES = Program.repository().resolve("docs/images");

	private static final double SCALE = 1.5;

	private static final Duration STUCK = Duration.ofSeconds(13);

	private final Random random = new Random(7574);

	private final List<SocketAgency> agencies = new ArrayList<>();

	private Chromium chromium;

	@BeforeAll
	void start() throws IOException {
		Files.createDirectories(IMAGES);
		this.chromium = Chromium.launch();
	}

	@AfterAll
	void stop() {
		this.chromium.close();
	}

	@Test
	void ofADraw(@TempDir Path directory) throws Exception {
		this.agencies.clear();
		try (Lottery lottery = new Lottery(directory, Data.generated()).with("CENTRAL_AGENCIES", "1-5")) {
			lottery.startCentral();
			try (Viewer viewer = open(lottery, Chromium.desktop())) {
				viewer.seesPart("#link", "Live");
				connect(lottery, 1, 4);
				send(4, 30);
				this.agencies.get(3).sendInvalid();
				this.agencies.get(3).finish();
				send(3, 45);
				viewer.sees("#finished", "1");
				viewer.find("#link").hover();
				agrees(viewer, lottery);
				viewer.picture(IMAGES.resolve("page-light.png"), true);
			}
			connect(lottery, 5, 5);
			try (Viewer viewer = open(lottery, Chromium.desktop().setColorScheme(ColorScheme.DARK))) {
				send(3, 20);
				for (int i : new int[] { 0, 1, 2, 4 }) {
					this.agencies.get(i).send(80, i);
					this.agencies.get(i).finish();
				}
				viewer.sees("h1", "Drawn");
				agrees(viewer, lottery);
				viewer.picture(IMAGES.resolve("page-dark.png"), true);
			}
			try (Viewer viewer = open(lottery, Chromium.phone().setLocale("es-AR"))) {
				viewer.sees("h1", "Sorteado");
				viewer.picture(IMAGES.resolve("page-phone.png"), false);
			}
		}
	}

	@Test
	void ofAThousandAgencies(@TempDir Path directory) throws Exception {
		this.agencies.clear();
		try (Lottery lottery = new Lottery(directory, Data.generated()).with("CENTRAL_AGENCIES", "1-1000")) {
			lottery.startCentral();
			connect(lottery, 1, 988);
			try (Viewer viewer = open(lottery, Chromium.desktop())) {
				viewer.seesPart("#link", "Live");
				send(988, 2);
				for (SocketAgency agency : this.agencies.subList(0, 600)) {
					agency.finish();
				}
				long begun = System.nanoTime();
				while (System.nanoTime() - begun < STUCK.toNanos()) {
					for (SocketAgency agency : this.agencies.subList(600, 982)) {
						agency.send(10 + this.random.nextInt(60), 0);
					}
				}
				viewer.sees("#filters .stuck b", "6");
				viewer.picture(IMAGES.resolve("page-thousand.png"), true);
			}
		}
	}

	private Viewer open(Lottery lottery, Browser.NewContextOptions options) {
		return this.chromium.open(lottery.httpPort(), options.setDeviceScaleFactor(SCALE));
	}

	private void connect(Lottery lottery, int first, int last) throws IOException {
		for (int number = first; number <= last; number++) {
			this.agencies.add(new SocketAgency(lottery, number));
		}
	}

	/** A load that comes and goes, as people know it. */
	private void send(int senders, int rounds) throws IOException {
		for (int round = 0; round < rounds; round++) {
			for (SocketAgency agency : this.agencies.subList(0, senders)) {
				int bets = 30 + this.random.nextInt(70);
				agency.send(bets, (this.random.nextInt(40) == 0) ? 1 : 0);
			}
			LockSupport.parkNanos(Duration.ofMillis((senders > 100) ? 0 : 100 + this.random.nextInt(300)).toNanos());
		}
	}

	/** What the page shows is what is stored, and what the endpoint says. */
	private static void agrees(Viewer viewer, Lottery lottery) throws Exception {
		int bets = lottery.rows().size();
		viewer.seesNumber("#bets", bets);
		assertThat(Http.body(lottery.httpPort(), "/actuator/draw")).contains("\"bets\":" + bets + ",");
	}

}
