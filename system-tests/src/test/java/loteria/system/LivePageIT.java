package loteria.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.microsoft.playwright.options.ColorScheme;
import loteria.database.Server;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page in a real browser. One draw goes through all of the tests, as starting is what
 * takes longest.
 */
@Timeout(400)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class LivePageIT {

	private static final int AGENCIES = 5;

	private static final int BETS = 30;

	private Chromium chromium;

	private Lottery lottery;

	private Program central;

	@BeforeAll
	void start(@TempDir Path directory) {
		this.chromium = Chromium.launch();
		this.lottery = new Lottery(directory, Data.generated()).with("CENTRAL_AGENCIES", "1-" + AGENCIES);
		this.central = this.lottery.startCentral();
	}

	@AfterAll
	void stop() {
		this.lottery.close();
		this.chromium.close();
	}

	@Test
	@Order(1)
	void showsADrawFromNothingToItsResult() throws IOException {
		List<SocketAgency> agencies = new ArrayList<>();
		try (Viewer viewer = this.chromium.open(this.lottery.httpPort(), Chromium.desktop())) {
			viewer.sees("h1", "Collecting bets");
			viewer.sees("#sentence", "0 of 5 agencies have finished.");
			viewer.sees("#attention", "Missing: 1–5. Start them.");
			viewer.seesPart("#link", "Live");
			for (int number = 1; number < AGENCIES; number++) {
				SocketAgency agency = new SocketAgency(this.lottery, number);
				agency.send(BETS, number);
				agencies.add(agency);
			}
			agencies.getFirst().sendInvalid();
			viewer.sees("#bets", "120");
			viewer.sees("#attention li", "Missing: 5. Start them.");
			viewer.seesPart("#refusals", "a bet breaks a rule");
			assertThat(viewer.agencies()).as("what is missing is first").startsWith("5", "1", "2");
			assertThat(viewer.row(3)).startsWith("3").contains("30").containsAnyOf("Sending", "Stuck");
			assertThat(viewer.row(5).subList(0, 3)).containsExactly("5", "Missing", "0");
			viewer.fitsItsWindow();
			viewer.isAccessible();

			agencies.add(new SocketAgency(this.lottery, AGENCIES));
			for (SocketAgency agency : agencies) {
				agency.finish();
			}
			viewer.sees("h1", "Drawn");
			String record = Files.readString(this.lottery.store().resolve("draw.json"));
			assertThat(viewer.find("#hash").innerText()).hasSize(64);
			assertThat(record).contains("\"sha256\" : \"" + viewer.find("#hash").innerText() + "\"");
			viewer.sees("#winners", "10");
			viewer.sees("#command", "java -jar central.jar verify store");
			viewer.seesPart("#announcement", "Drawn. 120 bets of 4 agencies took part.");
			for (int agency = 1; agency < AGENCIES; agency++) {
				assertThat(viewer.row(agency)).startsWith("" + agency, "Finished", "30", "–").endsWith("" + agency);
			}
			assertThat(viewer.row(AGENCIES)).startsWith("5", "Finished", "0", "–").endsWith("0");
			assertThat(viewer.row(AGENCIES).get(4)).startsWith("connected since").endsWith("127.0.0.1 · lines");

			viewer.find("[data-copy=hash]").focus();
			viewer.page().keyboard().press("Enter");
			viewer.sees("[data-copy=hash]", "Copied");
			viewer.find("#chart-bets summary").click();
			viewer.seesPart("#chart-bets tbody", "0");
			viewer.fitsItsWindow();
			viewer.isAccessible();
		}
		finally {
			for (SocketAgency agency : agencies) {
				agency.close();
			}
		}
	}

	@Test
	@Order(2)
	void theEndpointTellsWhatThePageShowsAndNothingOfPeople() throws Exception {
		String body = Http.body(this.lottery.httpPort(), "/actuator/draw");
		assertThat(body).contains("\"state\":\"drawn\"", "\"bets\":120,", "\"reason\":\"invalid_bet\",\"count\":1,",
				"\"agency\":4,\"state\":\"finished\",\"bets\":30,");
		assertThat(body).doesNotContain("Ana").doesNotContain("Paz");
		try (Viewer viewer = this.chromium.open(this.lottery.httpPort(), Chromium.desktop())) {
			viewer.sees("h1", "Drawn");
			Map<?, ?> draw = (Map<?, ?>) viewer.page()
				.evaluate("fetch('actuator/draw').then((answer) => answer.json())");
			Map<?, ?> result = (Map<?, ?>) draw.get("result");
			viewer.sees("#hash", "" + result.get("sha256"));
			viewer.sees("#winners", "" + result.get("winners"));
			viewer.sees("#bets", "" + draw.get("bets"));
			viewer.sees("#refused", "1");
		}
		assertThat(this.lottery.rows()).hasSize(120);
	}

	@Test
	@Order(3)
	void speaksSpanishOnAPhoneInTheDark() {
		try (Viewer viewer = this.chromium.open(this.lottery.httpPort(),
				Chromium.phone().setLocale("es-AR").setColorScheme(ColorScheme.DARK))) {
			viewer.sees("h1", "Sorteado");
			viewer.seesPart("#sentence", "Participaron 120 apuestas de 4 agencias.");
			assertThat(viewer.find("html").getAttribute("lang")).isEqualTo("es");
			assertThat(viewer.row(4)).containsExactly("4", "Terminó", "30", "4");
			assertThat(viewer.page().evaluate("getComputedStyle(document.body).backgroundColor"))
				.isEqualTo("rgb(16, 19, 23)");
			viewer.fitsItsWindow();
			viewer.isAccessible();
		}
	}

	@Test
	@Order(4)
	void saysThatTheCentralIsGoneAndGoesOnWhenItIsBack() {
		int port = this.lottery.httpPort();
		try (Viewer viewer = this.chromium.open(port, Chromium.desktop())) {
			viewer.mayComplain("net::ERR_");
			viewer.sees("h1", "Drawn");
			this.central.kill();
			viewer.sees("#link", "The central does not answer");
			viewer.seesPart("#banner", "What you see is what it said last.");
			viewer.sees("#bets", "120");
			viewer.isAccessible();
			this.central = this.lottery.startCentral();
			viewer.seesPart("#link", "Live");
			viewer.sees("#banner", "");
			viewer.sees("#announcement", "The central answers again.");
			viewer.sees("#winners", "10");
		}
	}

	@Test
	@Order(5)
	void aThousandAgenciesStayReadable(@TempDir Path directory) throws IOException {
		try (Lottery many = new Lottery(directory, Data.generated()).with("CENTRAL_AGENCIES", "1-1000")) {
			many.startCentral();
			List<SocketAgency> agencies = new ArrayList<>();
			for (int number = 101; number <= 300; number++) {
				SocketAgency agency = new SocketAgency(many, number);
				agency.send(1, 0);
				agency.finish();
				agencies.add(agency);
			}
			SocketAgency sender = new SocketAgency(many, 77);
			agencies.add(sender);
			sender.send(60, 0);
			try (Viewer viewer = this.chromium.open(many.httpPort(), Chromium.desktop())) {
				viewer.sees("#sentence", "200 of 1,000 agencies have finished.");
				viewer.seesPart("#attention", "Missing: 1–76, 78–100, 301–1000. Start them.");
				viewer.sees("#shown", "1,000 agencies");
				assertThat(viewer.agencies()).hasSize(1000).containsSequence("1", "2", "3").endsWith("299", "300");

				viewer.find("#filters .finished").click();
				viewer.sees("#shown", "200 agencies");
				assertThat(viewer.agencies()).startsWith("101", "102").endsWith("299", "300");
				viewer.find("#filters .all").click();
				viewer.find("#search").fill("77");
				viewer.sees("#shown", "19 agencies");
				viewer.find("#search").fill("x");
				viewer.sees("#shown", "No agency matches.");
				viewer.find("#search").fill("");
				viewer.find("th[data-sort=bets] button").press("Enter");
				assertThat(viewer.agencies()).startsWith("77", "101", "102");
				assertThat(viewer.find("th[data-sort=bets]").getAttribute("aria-sort")).isEqualTo("descending");

				Awaitility.await("all is quiet")
					.atMost(Duration.ofMinutes(1))
					.until(() -> viewer.find("#table tbody .rate").allInnerTexts().stream().allMatch("–"::equals));
				viewer.page().evaluate("""
						() => {
							window.touched = new Set();
							new MutationObserver((changes) => changes.forEach(({ target }) => touched.add(
								(target.closest ? target : target.parentElement).closest('tr')?.cells[0].textContent)))
								.observe(document.querySelector('#table tbody'),
									{ subtree: true, childList: true, characterData: true, attributes: true });
						}""");
				sender.send(5, 0);
				viewer.seesPart("#table tbody tr:first-child", "65");
				assertThat(viewer.page().evaluate("[...touched].join()")).isEqualTo("77");
				viewer.fitsItsWindow();
			}
			finally {
				for (SocketAgency agency : agencies) {
					agency.close();
				}
			}
		}
	}

	@Test
	@Order(6)
	void eachOfThreeCentralsShowsTheWholeDraw(@TempDir Path directory) throws Exception {
		Data data = Data.generated();
		List<Viewer> viewers = new ArrayList<>();
		try (Server server = new Server(directory.resolve("database"), Lottery.freePorts(1).getFirst()).start()) {
			server.query("CREATE DATABASE lottery");
			try (Centrals centrals = new Centrals(directory.resolve("job"), data, server.url("lottery"), 3)) {
				centrals.awaitReady();
				for (int central = 0; central < centrals.count(); central++) {
					viewers.add(this.chromium.open(centrals.httpPort(central), Chromium.desktop()));
					viewers.getLast().sees("#attention", "Missing: 1–5. Start them.");
				}
				Agencies agencies = centrals.startAgencies(Lottery.DIALECTS);
				agencies.awaitWinners();
				for (Viewer viewer : viewers) {
					viewer.sees("h1", "Drawn");
					viewer.seesNumber("#bets", data.rows().size());
					for (int agency = 1; agency <= data.agencies(); agency++) {
						assertThat(viewer.row(agency)).startsWith("" + agency, "Finished")
							.endsWith("" + data.winners(agency));
					}
				}
				assertThat(viewers).extracting((viewer) -> viewer.find("#hash").innerText())
					.containsOnly(hash(centrals));
				viewers.forEach(Viewer::close);
				centrals.end(agencies, 1);
			}
		}
	}

	@Test
	@Order(7)
	void namesWhoStandsStillWhoMustBeStartedAgainAndWhatHappened(@TempDir Path directory) throws IOException {
		try (Lottery few = new Lottery(directory, Data.generated()).with("CENTRAL_AGENCIES", "1-3")) {
			Program first = few.startCentral();
			try (Viewer viewer = this.chromium.open(few.httpPort(), Chromium.desktop());
					SocketAgency stuck = new SocketAgency(few, 1);
					SocketAgency finished = new SocketAgency(few, 3)) {
				try (SocketAgency gone = new SocketAgency(few, 2)) {
					gone.send(BETS, 0);
				}
				stuck.send(BETS, 0);
				stuck.sendInvalid();
				finished.finish();
				viewer.sees("h1", "2 agencies stand still");
				viewer.seesPart("#attention", "Standing still: 1. Last bets");
				viewer.seesPart("#attention", "Gone, must be started again: 2 (");
				assertThat(viewer.row(2).get(4)).startsWith("gone since");
				assertThat(viewer.row(1).get(4)).startsWith("connected since").endsWith("a bet breaks a rule");
				viewer.seesPart("#events", "Agency 3 has finished");
				viewer.seesPart("#events", "Agency 2 went without its winners");
				viewer.isAccessible();
				viewer.fitsItsWindow();
				viewer.mayComplain("net::ERR_");
				first.kill();
				few.startCentral();
				viewer.seesPart("#events", "The central started, with 60 bets");
				viewer.sees("#attention li:last-child", "Gone, must be started again: 1–3 (since the start).");
				viewer.seesPart("#table", "over ");
			}
		}
	}

	@Test
	@Order(8)
	void aStoreThatTakesNothingIsTheHeadline(@TempDir Path directory) throws IOException {
		try (Lottery full = new Lottery(directory, Data.generated()).with("CENTRAL_AGENCIES", "1-3")
			.with("CENTRAL_STORE_MIN_FREE", "1000TB")
			.with("CENTRAL_PAGE_VIEWERS", "2")) {
			full.launchCentral();
			Awaitility.await()
				.atMost(Duration.ofMinutes(2))
				.until(() -> Http.status(full.httpPort(), "/actuator/health/liveness") == 200);
			try (Viewer viewer = this.chromium.open(full.httpPort(), Chromium.desktop());
					Viewer other = this.chromium.open(full.httpPort(),
							Chromium.phone().setLocale("es").setColorScheme(ColorScheme.DARK))) {
				viewer.sees("h1", "The store takes no bets");
				viewer.seesPart("#sentence", "are free, and 1,000 TB must be (central.store.min-free).");
				viewer.seesPart("#sentence", "Make room on the disk");
				viewer.seesPart("#min-free", "refuses below 1,000 TB");
				viewer.isAccessible();
				other.sees("h1", "No se guardan apuestas");
				other.fitsItsWindow();
				other.isAccessible();
				hide(other, true);
				try (Viewer third = this.chromium.open(full.httpPort(), Chromium.desktop())) {
					third.seesPart("#link", "Live");
				}
				hide(other, false);
				other.seesPart("#link", "En vivo");
			}
		}
	}

	/** As when the user looks at another tab. */
	private static void hide(Viewer viewer, boolean hidden) {
		viewer.page().evaluate("""
				(hidden) => {
					Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
					document.dispatchEvent(new Event('visibilitychange'));
				}""", hidden);
	}

	private static String hash(Centrals centrals) throws Exception {
		Matcher said = Pattern.compile("\"sha256\":\"([0-9a-f]{64})\"")
			.matcher(Http.body(centrals.httpPort(0), "/actuator/draw"));
		assertThat(said.find()).isTrue();
		return said.group(1);
	}

}
