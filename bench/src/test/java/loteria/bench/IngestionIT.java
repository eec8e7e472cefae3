package loteria.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import loteria.bench.load.Bets;
import loteria.bench.load.LoadRun;
import loteria.bench.load.Shape;
import loteria.bench.load.Traffic;
import loteria.bench.subject.Central;
import loteria.bench.subject.Floor;
import loteria.bench.subject.Running;
import loteria.bench.subject.Workplace;
import loteria.protocol.Dialects;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Guards the speed of the central by a ratio that is the same on a slow machine and on a
 * busy one. The bound is far below what it is on a quiet one ({@code make bench}): what
 * falls below it does something for each bet that it should do once a batch, or forces
 * each batch by itself.
 */
class IngestionIT {

	private static final double LEAST_OF_FLOOR = 0.02;

	private static final int TRIES = 3;

	private static final Shape WARM = new Shape(5, 100, 16, 400_000, Duration.ofSeconds(3), 0);

	private static final Shape MEASURED = WARM.with(400_000, Duration.ofSeconds(2));

	private static final Path REPOSITORY = Path.of(System.getProperty("repository"));

	/** Not where temporary files go: that may be memory. */
	private static final Path DIRECTORY = REPOSITORY.resolve("bench/target/ingestion");

	@Test
	void storesBetsAtAFairShareOfTheSpeedAtWhichTheirBytesCanBeForced() throws IOException {
		Central central = new Central("central", REPOSITORY.resolve("central/target/central.jar"), List.of(),
				Dialects.named("lines").orElseThrow());
		Floor floor = new Floor(central.wire());
		Bets bets = new Bets(REPOSITORY.resolve(".data"));
		Traffic batches = Traffic.of(central.wire(), bets, WARM);
		Traffic pieces = Traffic.of(floor.wire(), bets, new Shape(1, 100, 16, 400_000, WARM.limit(), 0));
		double best = 0;
		try (Workplace workplace = Workplace.open(DIRECTORY);
				Running ours = central.start(workplace);
				Running theirs = floor.start(workplace)) {
			LoadRun.of(ours.address(), batches, WARM);
			for (int i = 0; i < TRIES && best < LEAST_OF_FLOOR; i++) {
				double forced = LoadRun.of(theirs.address(), pieces, MEASURED).betsPerSecond();
				double stored = LoadRun.of(ours.address(), batches, MEASURED).betsPerSecond();
				System.out.printf(Locale.ROOT, "%.0f bets/s, the floor %.0f: %.3f%n", stored, forced, stored / forced);
				best = Math.max(best, stored / forced);
			}
		}
		assertThat(best).as("bets a second, of those at which their bytes alone can be forced")
			.isGreaterThan(LEAST_OF_FLOOR);
	}

}
