package loteria.protocol;

import loteria.bet.BetRules;
import loteria.protocol.Dialect.Finish;
import loteria.protocol.Dialect.Habits;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DialectsTests {

	private static Dialect named(String name) {
		return Dialects.named(name).orElseThrow();
	}

	@Test
	void areFiveInTheOrderOfTheirPorts() {
		assertThat(Dialects.all()).extracting(Dialect::name).containsExactly("lines", "fixed", "csv", "packets", "tlv");
		assertThat(Dialects.all()).extracting(Dialect::port).containsExactly(12345, 12346, 12347, 12348, 12349);
	}

	@Test
	void areFoundByName() {
		assertThat(Dialects.all()).allSatisfy((dialect) -> assertThat(named(dialect.name())).isSameAs(dialect));
		assertThat(Dialects.named("morse")).isEmpty();
	}

	@Test
	void haveTheHabitsOfTheirSystems() {
		int any = Integer.MAX_VALUE;
		assertThat(named("lines").habits()).isEqualTo(new Habits(true, false, Finish.AWAIT, any, 8192));
		assertThat(named("fixed").habits()).isEqualTo(new Habits(false, false, Finish.CLOSE_THEN_AWAIT, 103, any));
		assertThat(named("csv").habits()).isEqualTo(new Habits(false, false, Finish.AWAIT, any, 8192));
		assertThat(named("packets").habits()).isEqualTo(new Habits(false, true, Finish.CLOSE_THEN_ASK, any, 8192));
		assertThat(named("tlv").habits()).isEqualTo(new Habits(false, true, Finish.CLOSE_THEN_ASK, any, 1024 * 1024));
	}

	@Test
	void carryEveryAgencyUnlessTheySayOtherwise() {
		assertThat(Dialects.all()).extracting(Dialect::maxAgency)
			.containsExactly(Integer.MAX_VALUE, 65535, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
	}

	@Test
	void onlyLinesEchoesAndOnlyFixedCountsBets() {
		assertThat(Dialects.all()).filteredOn(Dialect::echoes).extracting(Dialect::name).containsExactly("lines");
		assertThat(Dialects.all()).filteredOn(Dialect::countsBets).extracting(Dialect::name).containsExactly("fixed");
	}

	@Test
	void sendBatchesAsLargeAsWanted() {
		assertThat(named("lines").batchSize(100, 1000)).isEqualTo(100);
		assertThat(named("tlv").batchSize(Integer.MAX_VALUE, 1)).isEqualTo(Integer.MAX_VALUE);
	}

	@Test
	void haveNoStateOfTheirOwn() {
		BetRules rules = Samples.RULES;
		assertThat(Dialects.all()).allSatisfy((dialect) -> {
			assertThat(dialect.server(rules, Dialect.Limits.DEFAULT))
				.isNotSameAs(dialect.server(rules, Dialect.Limits.DEFAULT));
			assertThat(dialect.client(1, 1).orElseThrow()).isNotSameAs(dialect.client(1, 1).orElseThrow());
		});
	}

	@Test
	void refuseMessagesOfOverOneMebibyteUnlessToldOtherwise() {
		assertThat(Dialect.Limits.DEFAULT.maxMessage()).isEqualTo(1048576);
	}

}
