package loteria.central.tcp;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class LogRateTests {

	private static final int RATE = 500;

	private static final Pattern RECEIVED = Pattern
		.compile("action: apuesta_recibida \\| result: success \\| cantidad: (\\d+) \\| (agency|agencies): (\\d+)");

	private final LogRate rate = new LogRate(RATE);

	private long told(int agency, int bets, int batches) {
		return IntStream.range(0, batches).filter((i) -> this.rate.allowsStored(agency, bets)).count();
	}

	private static List<MatchResult> sums(CapturedOutput output) {
		return RECEIVED.matcher(output.getOut()).results().toList();
	}

	@Test
	void tellsEachBatchOfAJobOfFiveAgencies(CapturedOutput output) {
		for (int agency = 1; agency <= 5; agency++) {
			assertThat(told(agency, 100, 1600)).isEqualTo(1600);
		}
		this.rate.endSecond();
		assertThat(output).isEmpty();
	}

	@Test
	void sumsUpBetsThatComeOneByOneAboveTheRate(CapturedOutput output) {
		long lines = told(1, 1, 20_000) + told(2, 100, 10);
		this.rate.endSecond();
		assertThat(lines).isEqualTo(5000);
		assertThat(output).contains(
				"action: apuesta_recibida | result: success | cantidad: 15000 | agency: 1 | batches: 15000",
				"action: apuesta_almacenada | result: success | cantidad: 15000 | agency: 1",
				"action: apuesta_recibida | result: success | cantidad: 1000 | agency: 2 | batches: 10");
	}

	@Test
	void tellsOneLineASecondAsLongAsThereIsMore(CapturedOutput output) {
		told(1, 100, 22 * RATE);
		this.rate.endSecond();
		for (int second = 0; second < 10; second++) {
			assertThat(told(1, 100, 2 * RATE)).isZero();
			this.rate.endSecond();
		}
		assertThat(sums(output)).hasSize(11);
	}

	@Test
	void tellsEachBatchAgainWhereThereAreFewer() {
		told(1, 100, 100 * RATE);
		for (int second = 0; second < 4; second++) {
			this.rate.endSecond();
			told(1, 100, RATE / 2);
		}
		assertThat(told(1, 100, 10)).isEqualTo(10);
	}

	@Test
	void tellsNoMoreLinesThanAFewHoweverManyAgenciesThereAre(CapturedOutput output) {
		told(1, 100, 20 * RATE);
		for (int agency = 1; agency <= 1000; agency++) {
			told(agency, 3, 1);
		}
		this.rate.destroy();
		assertThat(sums(output)).hasSize(51);
		assertThat(sums(output).stream().mapToLong((sum) -> Long.parseLong(sum.group(1))).sum()).isEqualTo(3000);
		assertThat(output).contains("cantidad: 2850 | agencies: 950 | batches: 950");
	}

	@Test
	void sumsUpNothingWhereThereIsNoRate(CapturedOutput output) {
		LogRate any = new LogRate(0);
		assertThat(IntStream.range(0, 100_000).allMatch((i) -> any.allowsStored(1, 1))).isTrue();
		any.endSecond();
		assertThat(output).isEmpty();
	}

}
