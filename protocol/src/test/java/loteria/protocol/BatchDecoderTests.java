package loteria.protocol;

import java.util.List;
import java.util.OptionalInt;

import loteria.bet.Bet;
import loteria.protocol.Refusal.Reason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BatchDecoderTests {

	private final BatchDecoder batch = new BatchDecoder(Samples.RULES);

	private static String[] fields(String... fields) {
		return fields;
	}

	private static String[] ofAgency(String agency) {
		return fields(agency, "Ana", "Sol", "5", "2000-02-29", "9999");
	}

	private Request batchOf(String... agencies) {
		this.batch.begin();
		for (String agency : agencies) {
			this.batch.add(ofAgency(agency));
		}
		return this.batch.finish();
	}

	@Test
	void handsItsRulesOut() {
		assertThat(this.batch.rules()).isSameAs(Samples.RULES);
	}

	@Test
	void storesTheBetsInTheirOrder() {
		this.batch.begin();
		this.batch.add(fields("1", "María José", "Núñez", "30904465", "1999-03-17", "7574"));
		this.batch.add(1, fields("Ana", "Sol", "5", "2000-02-29", "9999"));
		assertThat(this.batch.size()).isEqualTo(2);
		assertThat(this.batch.finish()).isEqualTo(new Request.StoreBets(1, List.of(Samples.MARIA, Samples.ANA)));
	}

	@Test
	void refusesTheWholeBatchForItsFirstInvalidBet() {
		this.batch.begin();
		this.batch.add(ofAgency("1"));
		this.batch.add(fields("1", "", "Sol", "5", "2000-02-29", "9999"));
		this.batch.add(fields("1", "Ana", "Sol", "x", "2000-02-29", "9999"));
		this.batch.add(ofAgency("1"));
		assertThat(this.batch.size()).isEqualTo(4);
		assertThat(this.batch.finish()).isEqualTo(new Request.Unacceptable(new Refusal(Reason.INVALID_BET,
				"bet 2 of the batch: firstName \"\" must be 1 to 50 bytes of UTF-8 without control characters, bidirectional controls, U+2028, U+2029 and U+FFFD")));
	}

	@Test
	void refusesFiveFieldsAndSeven() {
		this.batch.begin();
		this.batch.add(fields("1", "Ana", "Sol", "5", "2000-02-29"));
		assertThat(Samples.detail(this.batch.finish()))
			.isEqualTo("bet 1 of the batch: fields \"1 Ana Sol 5 2000-02-29\" must be 6 fields, not 5");
		this.batch.begin();
		this.batch.add(fields("1", "Ana", "Sol", "5", "2000-02-29", "9", "9"));
		assertThat(Samples.detail(this.batch.finish())).endsWith("must be 6 fields, not 7");
	}

	@Test
	void refusesFourFieldsAndSixWhereTheAgencyIsKnown() {
		this.batch.begin();
		this.batch.add(1, fields("Ana", "Sol", "5", "2000-02-29"));
		assertThat(Samples.detail(this.batch.finish())).endsWith("must be 5 fields, not 4");
		this.batch.begin();
		this.batch.add(1, fields("1", "Ana", "Sol", "5", "2000-02-29", "9"));
		assertThat(Samples.detail(this.batch.finish())).endsWith("must be 5 fields, not 6");
	}

	@Test
	void forgetsARefusedBatch() {
		assertThat(Samples.unacceptable(batchOf("1", "x"))).isEqualTo(Reason.INVALID_BET);
		assertThat(batchOf("1")).isEqualTo(new Request.StoreBets(1, List.of(Samples.ANA)));
		assertThat(this.batch.size()).isEqualTo(1);
	}

	@Test
	void leavesABatchHandedOutAlone() {
		Request first = batchOf("1");
		batchOf("1", "1");
		assertThat(first).isEqualTo(new Request.StoreBets(1, List.of(Samples.ANA)));
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
		this.batch.begin();
		this.batch.add(ofAgency("1"));
		this.batch.refuse(Reason.MALFORMED, "first");
		this.batch.refuse(Reason.WRONG_COUNT, "second");
		this.batch.add(ofAgency("x"));
		assertThat(this.batch.finish()).isEqualTo(new Request.Unacceptable(new Refusal(Reason.MALFORMED, "first")));
	}

	@Test
	void storesNothingForNobodyOfAnEmptyBatch() {
		assertThat(batchOf()).isEqualTo(new Request.StoreBets(0, List.of()));
		batchOf("1");
		assertThat(batchOf()).isEqualTo(new Request.StoreBets(1, List.<Bet>of()));
	}

	@Test
	void letsAMessageOfAnyAgencyThroughAsLongAsNobodyIsKnown() {
		assertThat(this.batch.of("7", Request.CloseAgency::new)).isEqualTo(new Request.CloseAgency(7));
		assertThat(this.batch.agency()).isEqualTo(OptionalInt.empty());
	}

	@Test
	void letsMessagesOfTheConnectionsAgencyThroughAndNoOthers() {
		batchOf("1");
		assertThat(this.batch.of("1", Request.CloseAgency::new)).isEqualTo(new Request.CloseAgency(1));
		assertThat(this.batch.of("2", Request.CloseAgency::new)).isEqualTo(
				new Request.Unacceptable(new Refusal(Reason.OTHER_AGENCY, "agency 2 on a connection of agency 1")));
	}

	@Test
	void refusesAMessageOfNoAgency() {
		assertThat(this.batch.of("0", Request.CloseAgency::new)).isEqualTo(new Request.Unacceptable(
				new Refusal(Reason.MALFORMED, "agency \"0\" must be a whole number from 1 to 2147483647")));
	}

}
