package loteria.protocol;

import java.util.Arrays;
import java.util.OptionalInt;

import loteria.bet.Rows;
import loteria.bytes.Slice;
import loteria.protocol.Refusal.Reason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BatchDecoderTests {

	private final BatchDecoder batch = new BatchDecoder(Samples.RULES);

	private static String ofAgency(String agency) {
		return agency + ";Ana;Sol;5;2000-02-29;9999";
	}

	private Request batchOf(String... agencies) {
		return batch(Arrays.stream(agencies).map(BatchDecoderTests::ofAgency).toArray(String[]::new));
	}

	/** One by one, so that there may be none. */
	private Request batch(String... bets) {
		this.batch.begin(100);
		for (String bet : bets) {
			this.batch.addOne(slice(bet), ';');
		}
		return this.batch.finish();
	}

	private static Slice slice(String text) {
		byte[] bytes = Bytes.of("<" + text + ">");
		return new Slice(bytes, 1, bytes.length - 1);
	}

	private Request list(String list) {
		this.batch.begin(list.length());
		this.batch.addAll(slice(list), '~', ';');
		return this.batch.finish();
	}

	private Request listOfAgencyOne(String list) {
		this.batch.begin(list.length());
		this.batch.addAll(1, slice(list), '~', ';');
		return this.batch.finish();
	}

	private Request of(String agency) {
		return this.batch.of(slice(agency), Request.CloseAgency::new);
	}

	@Test
	void storesTheBetsInTheirOrder() {
		assertThat(list("1;María José;Núñez;30904465;1999-03-17;7574~" + ofAgency("1")))
			.isEqualTo(Samples.storeBets(Samples.MARIA, Samples.ANA));
		assertThat(this.batch.size()).isEqualTo(2);
		assertThat(listOfAgencyOne("María José;Núñez;30904465;1999-03-17;7574~Ana;Sol;5;2000-02-29;9999"))
			.isEqualTo(Samples.storeBets(Samples.MARIA, Samples.ANA));
	}

	@Test
	void toleratesOneSeparatorBehindTheLastBet() {
		assertThat(list(ofAgency("1") + "~")).isEqualTo(Samples.storeBets(Samples.ANA));
		assertThat(Samples.detail(list(ofAgency("1") + "~~")))
			.isEqualTo("bet 2 of the batch: fields \"\" must be 6 fields, not 1");
		assertThat(Samples.detail(list(""))).startsWith("bet 1 of the batch: fields \"\"");
	}

	@Test
	void takesSixFieldsAtATimeWhereNothingPartsTheBets() {
		Slice bets = slice("#1#Ana#Sol#5#2000-02-29#9999#1#Ana#Sol#5#2000-02-29#9999#1#Ana");
		this.batch.begin(bets.length());
		int first = this.batch.addOneOf(bets, bets.from(), '#');
		int second = this.batch.addOneOf(bets, first, '#');
		assertThat(this.batch.isRefused()).isFalse();
		assertThat(this.batch.addOneOf(bets, second, '#')).isEqualTo(bets.end());
		assertThat(Samples.detail(this.batch.finish()))
			.isEqualTo("bet 3 of the batch: fields \"1 Ana\" must be 6 fields, not 2");
		this.batch.begin(bets.length());
		assertThat(this.batch.addOneOf(bets, bets.end(), '#')).isEqualTo(bets.end());
		assertThat(Samples.detail(this.batch.finish()))
			.isEqualTo("bet 1 of the batch: fields \"\" must be 6 fields, not 0");
	}

	@Test
	void refusesTheWholeBatchForItsFirstInvalidBetAndCountsTheRest() {
		String invalid = "1;;Sol;5;2000-02-29;9999";
		Request expected = new Request.Unacceptable(new Refusal(Reason.INVALID_BET,
				"bet 2 of the batch: firstName \"\" must be 1 to 50 bytes of UTF-8 without control characters, bidirectional controls, U+2028, U+2029 and U+FFFD"));
		assertThat(list(ofAgency("1") + "~" + invalid + "~1;Ana;Sol;x;2000-02-29;9999~x")).isEqualTo(expected);
		assertThat(this.batch.size()).isEqualTo(4);
		assertThat(batch(ofAgency("1"), invalid, "x", ofAgency("1"))).isEqualTo(expected);
		assertThat(this.batch.size()).isEqualTo(4);
		assertThat(list(ofAgency("1") + "~" + invalid + "~")).isEqualTo(expected);
		assertThat(this.batch.size()).isEqualTo(2);
	}

	@Test
	void refusesFiveFieldsAndSeven() {
		assertThat(Samples.detail(batch("1;Ana;Sol;5;2000-02-29")))
			.isEqualTo("bet 1 of the batch: fields \"1 Ana Sol 5 2000-02-29\" must be 6 fields, not 5");
		assertThat(Samples.detail(batch("1;Ana;Sol;5;2000-02-29;9;9"))).endsWith("must be 6 fields, not 7");
	}

	@Test
	void refusesFourFieldsAndSixWhereTheAgencyIsKnown() {
		assertThat(Samples.detail(listOfAgencyOne("Ana;Sol;5;2000-02-29"))).endsWith("must be 5 fields, not 4");
		assertThat(Samples.detail(listOfAgencyOne("1;Ana;Sol;5;2000-02-29;9"))).endsWith("must be 5 fields, not 6");
	}

	@Test
	void forgetsARefusedBatch() {
		assertThat(Samples.unacceptable(batchOf("1", "x"))).isEqualTo(Reason.INVALID_BET);
		assertThat(batchOf("1")).isEqualTo(Samples.storeBets(Samples.ANA));
		assertThat(this.batch.size()).isEqualTo(1);
	}

	@Test
	void leavesABatchHandedOutAlone() {
		Request first = batchOf("1");
		batchOf("1", "1");
		assertThat(first).isEqualTo(Samples.storeBets(Samples.ANA));
	}

	@Test
	void refusesABatchOfTwoAgencies() {
		assertThat(batchOf("1", "1", "2")).isEqualTo(new Request.Unacceptable(
				new Refusal(Reason.OTHER_AGENCY, "bet 3 of the batch is of agency 2, this connection's agency is 1")));
		assertThat(this.batch.agency()).isEmpty();
	}

	@Test
	void refusesABatchOfAnotherAgencyThanTheConnections() {
		assertThat(this.batch.agency()).isEmpty();
		batchOf("1");
		assertThat(this.batch.agency()).hasValue(1);
		assertThat(Samples.unacceptable(batchOf("2"))).isEqualTo(Reason.OTHER_AGENCY);
		assertThat(this.batch.agency()).hasValue(1);
	}

	@Test
	void belongsToWhomTheDialectSays() {
		this.batch.belongsTo(2);
		assertThat(this.batch.agency()).hasValue(2);
		assertThat(Samples.unacceptable(batchOf("1"))).isEqualTo(Reason.OTHER_AGENCY);
	}

	@Test
	void aRefusedBatchDoesNotSayWhoseTheConnectionIs() {
		batchOf("1", "x");
		assertThat(batchOf("2")).isInstanceOf(Request.StoreBets.class);
	}

	@Test
	void refusesForTheFirstReasonOfTheDialectsOwn() {
		this.batch.begin(100);
		this.batch.addOne(slice(ofAgency("1")), ';');
		assertThat(this.batch.isRefused()).isFalse();
		this.batch.refuse(Reason.MALFORMED, "first");
		assertThat(this.batch.isRefused()).isTrue();
		this.batch.refuse(Reason.WRONG_COUNT, "second");
		this.batch.addOne(slice(ofAgency("x")), ';');
		assertThat(this.batch.finish()).isEqualTo(new Request.Unacceptable(new Refusal(Reason.MALFORMED, "first")));
	}

	@Test
	void storesNothingForNobodyOfAnEmptyBatch() {
		assertThat(batchOf()).isEqualTo(new Request.StoreBets(Rows.none(0)));
		batchOf("1");
		assertThat(batchOf()).isEqualTo(new Request.StoreBets(Rows.none(1)));
	}

	@Test
	void letsAMessageOfAnyAgencyThroughAsLongAsNobodyIsKnown() {
		assertThat(this.batch.of(7, Request.CloseAgency::new)).isEqualTo(new Request.CloseAgency(7));
		assertThat(this.batch.of(0, Request.CloseAgency::new)).isEqualTo(of("0"));
		assertThat(of("7")).isEqualTo(new Request.CloseAgency(7));
		assertThat(this.batch.agency()).isEqualTo(OptionalInt.empty());
	}

	@Test
	void letsMessagesOfTheConnectionsAgencyThroughAndNoOthers() {
		batchOf("1");
		assertThat(of("1")).isEqualTo(new Request.CloseAgency(1));
		assertThat(of("2")).isEqualTo(
				new Request.Unacceptable(new Refusal(Reason.OTHER_AGENCY, "agency 2 on a connection of agency 1")));
	}

	@Test
	void refusesAMessageOfNoAgency() {
		assertThat(of("0")).isEqualTo(new Request.Unacceptable(
				new Refusal(Reason.MALFORMED, "agency \"0\" must be a whole number from 1 to 2147483647")));
	}

	@Test
	void knowsWhomAMessageNamedWhateverBecameOfIt() {
		assertThat(this.batch.named()).isEmpty();
		batch("x;Ana;Sol;5;2000-02-29;9999");
		assertThat(this.batch.named()).isEmpty();
		batch("7;Ana");
		assertThat(this.batch.named()).hasValue(7);
		batch("8;Ana;Sol;x;2000-02-29;9999");
		assertThat(this.batch.named()).hasValue(8);
		listOfAgencyOne("Ana");
		assertThat(this.batch.named()).hasValue(1);
		batchOf("2");
		assertThat(this.batch.named()).hasValue(2);
		of("3");
		assertThat(this.batch.named()).hasValue(3);
		batch("");
		assertThat(this.batch.named()).hasValue(3);
		assertThat(this.batch.agency()).hasValue(2);
	}

}
