package loteria.central.tcp;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.micrometer.core.instrument.Meter;
import loteria.central.RunningCentral;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What those who operate the central see of it: meters and health.
 */
@Timeout(120)
class OperatorsViewTests {

	/** Those that count nothing but whether something is so. */
	private static final Set<String> WITHOUT_UNIT = Set.of("lottery.draw.drawn", "lottery.store.writable");

	@TempDir
	Path store;

	@Test
	void metersShowTheStoreWithOnlySoManySeriesAndHaveUnits() throws IOException {
		List<String> settings = List.of("--central.agencies=1-4", "--central.metrics.agencies=2");
		try (RunningCentral central = RunningCentral.start(this.store, settings.toArray(String[]::new))) {
			eventually(() -> assertThat(waitedFor(central)).containsExactly("1 missing", "2 missing"));
			bet(central, 1, "1;Ana;Paz;11;1990-01-01;7574");
			bet(central, 2, "2;Eva;Sol;21;1990-01-01;1~2;Eva;Sol;22;1990-01-01;2");
			bet(central, 3, "3;Eva;Sol;31;1990-01-01;1~3;Eva;Sol;32;1990-01-01;7574~3;Eva;Sol;33;1990-01-01;3");
			bet(central, 4, "4;Eva;Sol;41;1990-01-01;1");
			eventually(() -> assertThat(byAgency(central)).hasSize(3)
				.containsKey("other")
				.satisfies((series) -> assertThat(series.values().stream().mapToDouble(Double::doubleValue).sum())
					.isEqualTo(7)));

			assertThat(central.meters()).isNotEmpty().allSatisfy((meter) -> {
				assertThat(meter.getId().getDescription()).as(meter.getId().getName()).isNotBlank();
				if (!WITHOUT_UNIT.contains(meter.getId().getName())) {
					assertThat(meter.getId().getBaseUnit()).as(meter.getId().getName()).isNotBlank();
				}
			});
			assertThat(central.http("/actuator/prometheus")).contains("lottery_store_bets 7.0",
					"lottery_store_commit_seconds_bucket{",
					"lottery_answer_seconds_bucket{dialect=\"lines\",le=\"0.001\"}",
					"lottery_bets_stored_bets_total{dialect=\"lines\"} 7.0", "lottery_draw_expected_agencies 4.0",
					"lottery_draw_drawn 0.0", "lottery_draw_missing_agencies 0.0", "lottery_store_writable 1.0",
					"lottery_limits_reached_times_total{limit=\"idle\"} 0.0", "lottery_store_free_bytes ",
					"lottery_connections_max_connections ", "lottery_store_queue_requests ",
					"lottery_log_dropped_lines_total ", "lottery_messages_unfinished_bytes ");
		}

		// another process, the same store
		try (RunningCentral central = RunningCentral.start(this.store, settings.toArray(String[]::new))) {
			assertThat(central.gauge("lottery.store.bets")).isEqualTo(7);
			for (int agency = 1; agency <= 4; agency++) {
				int before = agency - 1;
				eventually(() -> assertThat(central.gauge("lottery.draw.finished")).isEqualTo(before));
				finish(central, agency);
			}
			eventually(() -> assertThat(central.gauge("lottery.draw.drawn")).isEqualTo(1));
			assertThat(central.gauge("lottery.draw.winners")).isEqualTo(2);
			assertThat(central.gauge("lottery.draw.pending")).isZero();
		}
	}

	private static void bet(RunningCentral central, int agency, String bets) throws IOException {
		try (Peer peer = new Peer(central.port("lines"))) {
			peer.send("S:" + bets.split("~").length + "\n" + bets + "\n");
			assertThat(peer.receiveLines(2)).as("to agency %d", agency).isEqualTo("R:1\nOK\n");
		}
	}

	private static void finish(RunningCentral central, int agency) throws IOException {
		try (Peer peer = new Peer(central.port("tlv"))) {
			peer.send("\5\0\0\0\2" + agency + "#");
			assertThat(peer.receive(5)).isEqualTo("\2\0\0\0\0");
		}
	}

	private static Map<String, Double> byAgency(RunningCentral central) {
		Map<String, Double> series = new TreeMap<>();
		central.meters()
			.stream()
			.filter((meter) -> meter.getId().getName().equals("lottery.store.agency.bets"))
			.forEach((meter) -> series.put(String.valueOf(meter.getId().getTag("agency")), value(meter)));
		return series;
	}

	private static List<String> waitedFor(RunningCentral central) {
		return central.meters()
			.stream()
			.filter((meter) -> meter.getId().getName().equals("lottery.draw.waits.for"))
			.map((meter) -> meter.getId().getTag("agency") + " " + meter.getId().getTag("state"))
			.sorted()
			.toList();
	}

	private static double value(Meter meter) {
		return meter.measure().iterator().next().getValue();
	}

	@Test
	void healthOfTheStoreIsKnownBeforeAnybodyIsRefused() throws IOException {
		try (RunningCentral central = RunningCentral.start(this.store, "--central.store.min-free=1000TB")) {
			JsonNode health = JsonMapper.shared().readTree(central.health()).path("components");
			assertThat(health.path("store").path("status").asString()).isEqualTo("DOWN");
			JsonNode details = health.path("store").path("details");
			assertThat(details.path("reason").asString())
				.endsWith(" bytes free, central.store.min-free is " + 1000L * 1024 * 1024 * 1024 * 1024);
			assertThat(details.path("path").asString()).isEqualTo(this.store.toString());
			assertThat(details.path("free").asLong()).isPositive();
			assertThat(details.path("minFree").asLong()).isPositive();
			assertThat(health.path("listeners").path("status").asString()).isEqualTo("UP");
			assertThat(health.path("listeners").path("details").path("ports").path("tlv").asInt())
				.isEqualTo(central.port("tlv"));
			assertThat(health.path("draw").path("details").path("agenciesExpected").asInt()).isEqualTo(5);
			assertThat(health.has("diskSpace")).as("a second opinion on another disk").isFalse();
			assertThat(central.gauge("lottery.store.writable")).isZero();
		}
	}

	private static void eventually(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(assertion);
	}

}
