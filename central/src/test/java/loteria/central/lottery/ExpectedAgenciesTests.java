package loteria.central.lottery;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class ExpectedAgenciesTests {

	private static ExpectedAgencies agencies(String text) {
		return ExpectedAgencies.parse(text).orElseThrow();
	}

	@ParameterizedTest
	@CsvSource({ "1,1", "5,5", "' 5 ',5", "007,7", "1000000,1000000" })
	void aNumberIsOfAnyAgencies(String text, int count) {
		ExpectedAgencies expected = agencies(text);
		assertThat(expected.count()).isEqualTo(count);
		assertThat(expected.areListed()).isFalse();
		assertThat(expected.include(Integer.MAX_VALUE)).isTrue();
		assertThat(expected.refusal(77)).isNull();
		assertThat(expected.refusalOfUnnamed(Unnamed.CONNECTED)).isNull();
		assertThat(expected.countOf(List.of(6, 77))).isEqualTo(2);
		assertThat(expected.without(List.of())).isEmpty();
	}

	@Test
	void aListIsOfTheseAgenciesAlone() {
		ExpectedAgencies expected = agencies("8, 1-3 ,2147483647,5");
		assertThat(expected.count()).isEqualTo(6);
		assertThat(expected.areListed()).isTrue();
		assertThat(IntStream.rangeClosed(0, 10).filter(expected::include)).containsExactly(1, 2, 3, 5, 8);
		assertThat(expected.include(Integer.MAX_VALUE)).isTrue();
		assertThat(expected.include(Integer.MAX_VALUE - 1)).isFalse();
		assertThat(expected.countOf(List.of(1, 4, 8, 9))).isEqualTo(2);
		assertThat(expected.without(Set.of(2, 8, 9))).containsExactly(1, 3, 5, Integer.MAX_VALUE);
		assertThat(expected.refusal(3)).isNull();
		assertThat(expected.refusal(4)).isEqualTo(
				new Refusal(Reason.UNKNOWN_AGENCY, "agency 4 is not among central.agencies=8, 1-3 ,2147483647,5"));
		assertThat(expected.refusalOfUnnamed(Unnamed.CONNECTED)).isNotNull()
			.extracting(Refusal::reason)
			.isEqualTo(Reason.UNKNOWN_AGENCY);
	}

	@Test
	void aSingleAgencyIsARangeOfOne() {
		assertThat(agencies("7-7").count()).isEqualTo(1);
		assertThat(agencies("7-7").include(7)).isTrue();
		assertThat(agencies("7-7").include(1)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "-1", "+5", "five", "1.5", "1000001", "99999999999", "5,", ",5", "1,,2", "5-1",
			"0-3", "1-", "1-2-3", "1--2", "1,1", "1-5,3", "3,1-5", "1-5,5-9", "1-2147483648", "1-99999999999",
			"1-2147483647", "1-1000001", "1-600000,700000-1200000", "٣", "1;2", "1 2" })
	void everythingElseIsRefused(String text) {
		assertThat(ExpectedAgencies.parse(text)).isEmpty();
	}

	@Test
	void aRangeCostsNoMoreThanAnAgency() {
		ExpectedAgencies expected = agencies("1-1000000");
		assertThat(expected.count()).isEqualTo(1_000_000);
		for (int i = 0; i < 100_000; i++) {
			assertThat(FirstAgencies.of(expected.without(Set.of(1)), 999_999).agencies()).hasSize(20).startsWith(2, 3);
		}
	}

	@Test
	void aLongListIsCutWhereItIsShown() {
		String list = IntStream.range(0, 1000)
			.mapToObj((i) -> Integer.toString(1 + 2 * i))
			.collect(Collectors.joining(","));
		assertThat(agencies(list).count()).isEqualTo(1000);
		assertThat(agencies(list).toString()).hasSize(201).endsWith("…");
		assertThat(FirstAgencies.of(IntStream.range(0, 25).map((i) -> 25 - i).boxed().toList()))
			.hasToString("1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 and 5 more");
		assertThat(FirstAgencies.of(List.of())).hasToString("none");
	}

}
