package loteria.central.store;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

import loteria.bet.Bet;
import loteria.bet.DocumentList;
import loteria.bet.Documents;
import loteria.bet.Rows;
import loteria.bytes.Sha256;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every store of bets does, whatever it stores them in.
 */
@Timeout(180)
public abstract class BetStoreContract {

	protected static final int WINNING_NUMBER = 7574;

	private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

	/**
	 * Opens the store of one draw, with what an earlier call has stored there.
	 */
	protected abstract BetStore open() throws Exception;

	private static Rows rows(int agency, long from, int count) {
		List<Bet> bets = LongStream.range(from, from + count)
			.mapToObj((index) -> new Bet(agency, "María", "Paz", "" + (1000 + index), LocalDate.EPOCH,
					(index % 10 == 9) ? WINNING_NUMBER : 1))
			.toList();
		return Rows.of(agency, bets);
	}

	private static void store(BetStore store, int agency, int count) {
		assertThat(store.append(new Sequence(store.stored(agency)), rows(agency, store.stored(agency), count)).join())
			.isNull();
	}

	@Test
	void beginsEmpty() throws Exception {
		try (BetStore store = open()) {
			assertThat(store.stored(1)).isZero();
			assertThat(store.fingerprint(1)).isEqualTo(Fingerprint.EMPTY);
			assertThat(store.closedAgencies()).isEmpty();
			assertThat(store.openAgencies()).isEmpty();
			assertThat(store.drawn()).isEmpty();
			assertThat(store.health().problem()).isNull();
		}
	}

	@Test
	void holdsWhatItAcknowledgedAfterItIsOpenedAgain() throws Exception {
		Fingerprint fingerprint;
		try (BetStore store = open()) {
			store(store, 1, 15);
			store(store, 2, 5);
			store(store, 1, 5);
			assertThat(store.close(2)).isNull();
			fingerprint = store.fingerprint(1);
			assertThat(fingerprint.stored()).isEqualTo(20);
		}
		try (BetStore store = open()) {
			assertThat(store.stored(1)).isEqualTo(20);
			assertThat(store.stored(2)).isEqualTo(5);
			assertThat(store.fingerprint(1)).isEqualTo(fingerprint);
			assertThat(store.winners(1).orElseThrow().first(9)).containsExactly("1009", "1019");
			assertThat(store.closedAgencies()).containsExactly(2);
			assertThat(store.openAgencies()).containsExactly(1);
		}
	}

	@Test
	void tellsTheSameFingerprintHoweverTheBetsWereBatched() throws Exception {
		try (BetStore store = open()) {
			store(store, 1, 3);
			store(store, 1, 7);
			Rows whole = rows(1, 0, 10);
			var digest = Sha256.digest();
			whole.update(digest);
			assertThat(store.fingerprint(1)).isEqualTo(new Fingerprint(10, Sha256.hex(digest)));
		}
	}

	@Test
	void storesOnlyWhatComesNextOfASequence() throws Exception {
		try (BetStore store = open()) {
			Sequence one = new Sequence(0);
			Sequence other = new Sequence(0);
			assertThat(store.append(one, rows(1, 0, 5)).join()).isNull();
			assertReason(store.append(other, rows(1, 0, 5)).join(), Reason.OUT_OF_SEQUENCE);
			assertThat(store.append(one, rows(1, 5, 5)).join()).isNull();
			assertReason(store.append(other, rows(1, 5, 5)).join(), Reason.OUT_OF_SEQUENCE);
			assertThat(store.append(Sequence.ANYWHERE, rows(1, 10, 5)).join()).isNull();
			assertThat(store.stored(1)).isEqualTo(15);
		}
	}

	@Test
	void storesBatchesUnderWayInTheirOrder() throws Exception {
		try (BetStore store = open()) {
			Sequence sequence = new Sequence(0);
			List<CompletableFuture<@Nullable Refusal>> answers = new ArrayList<>();
			for (int batch = 0; batch < 50; batch++) {
				answers.add(store.append(sequence, rows(1, batch * 10L, 10)));
			}
			assertThat(answers).allSatisfy((answer) -> assertThat(answer.join()).isNull());
			assertThat(store.winners(1).orElseThrow().first(100)).hasSize(50).isSorted();
		}
	}

	@Test
	void storesNothingMoreOfAnAgencyThatHasFinished() throws Exception {
		try (BetStore store = open()) {
			store(store, 1, 5);
			assertThat(store.close(1)).isNull();
			assertThat(store.close(1)).as("once more").isNull();
			assertThat(store.isClosed(1)).isTrue();
			assertReason(store.append(Sequence.ANYWHERE, rows(1, 5, 5)).join(), Reason.AGENCY_CLOSED);
			store(store, 2, 5);
		}
		try (BetStore store = open()) {
			assertReason(store.append(Sequence.ANYWHERE, rows(1, 5, 5)).join(), Reason.AGENCY_CLOSED);
			assertThat(store.stored(1)).isEqualTo(5);
		}
	}

	@Test
	void drawsOnce() throws Exception {
		DrawRecord draw;
		try (BetStore store = open()) {
			store(store, 1, 20);
			store(store, 2, 5);
			draw = store.draw(NOW);
			assertThat(draw.instant()).isEqualTo(NOW);
			assertThat(draw.bets()).isEqualTo(25);
			assertThat(draw.agencies()).extracting(DrawRecord.AgencyRecord::winners).containsExactly(2L, 0L);
			assertThat(draw.agencies().getFirst().sha256()).isEqualTo(store.fingerprint(1).sha256());
			assertThat(store.draw(NOW.plusSeconds(1))).isEqualTo(draw);
			assertReason(store.append(Sequence.ANYWHERE, rows(1, 20, 5)).join(), Reason.DRAWN);
		}
		try (BetStore store = open()) {
			assertThat(store.drawn()).contains(draw);
			assertThat(store.draw(NOW.plusSeconds(9))).isEqualTo(draw);
			assertThat(store.winners(1)).isPresent();
			assertReason(store.append(Sequence.ANYWHERE, rows(3, 0, 5)).join(), Reason.DRAWN);
			assertThat(store.close(3)).as("an agency that finishes late").isNull();
		}
	}

	/** More than memory is kept for. */
	@Test
	void tellsManyWinnersInTheirOrder() throws Exception {
		int batches = 12;
		int batch = 2_000;
		List<String> documents = LongStream.range(0, batches * (long) batch)
			.mapToObj((index) -> ((index % 3 == 0) ? "00" : "") + (1000 + index))
			.toList();
		try (BetStore store = open()) {
			for (int i = 0; i < batches; i++) {
				Rows winners = winners(1, documents.subList(i * batch, (i + 1) * batch));
				assertThat(store.append(Sequence.ANYWHERE, winners).join()).isNull();
				store(store, 11, 20);
			}
			assertThat(store.close(1)).isNull();
			DrawRecord draw = store.draw(NOW);
			assertThat(draw.agencies()).extracting(DrawRecord.AgencyRecord::winners)
				.containsExactly((long) documents.size(), 2L * batches);
			assertTold(store, documents, batches);
		}
		try (BetStore store = open()) {
			assertTold(store, documents, batches);
		}
	}

	private static Rows winners(int agency, List<String> documents) {
		return Rows.of(agency,
				documents.stream()
					.map((document) -> new Bet(agency, "María", "Paz, 7574", document, LocalDate.EPOCH, WINNING_NUMBER))
					.toList());
	}

	private static void assertTold(BetStore store, List<String> documents, int batches) throws IOException {
		Documents winners = store.winners(1).orElseThrow();
		assertThat(winners).isNotInstanceOf(DocumentList.class);
		assertThat(winners.count()).isEqualTo(documents.size());
		assertThat(winners.digits()).isEqualTo(String.join("", documents).length());
		assertThat(winners.first(Integer.MAX_VALUE)).isEqualTo(documents);
		assertThat(winners.first(Integer.MAX_VALUE)).as("once more").isEqualTo(documents);
		assertThat(store.winners(11).orElseThrow().count()).isEqualTo(2L * batches);
	}

	@Test
	void refusesAllThatComesWhenItIsClosed() throws Exception {
		BetStore store = open();
		store.close();
		assertReason(store.append(Sequence.ANYWHERE, rows(1, 0, 5)).join(), Reason.STOPPING);
		assertThat(store.close(1)).isNotNull();
		assertThat(store.health().problem()).isNotNull();
		store.close();
	}

	private static void assertReason(@Nullable Refusal refusal, Reason reason) {
		assertThat(refusal).isNotNull().extracting(Refusal::reason).isEqualTo(reason);
	}

}
