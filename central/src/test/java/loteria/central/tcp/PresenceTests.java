package loteria.central.tcp;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

import loteria.central.tcp.Presence.Peer;
import loteria.central.tcp.Presence.Refused;
import loteria.central.tcp.Presence.State;
import loteria.central.tcp.Presence.Visit;
import loteria.protocol.Dialects;
import loteria.protocol.Refusal.Reason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PresenceTests {

	private static final int LAST = 5;

	private long second;

	private final InstantSource source = () -> Instant.ofEpochSecond(this.second);

	private final Clock clock = this.source.withZone(ZoneOffset.UTC);

	private final Presence presence = new Presence((agency) -> agency <= LAST, this.clock);

	private Visit visit(String dialect) {
		return this.presence.visit("10.0.0.1", Dialects.named(dialect).orElseThrow());
	}

	private Peer peer() {
		return this.presence.agencies().get(1);
	}

	@Test
	void anAgencyIsThereAsLongAsOneOfItsConnectionsIs() {
		Visit first = visit("lines");
		assertThat(this.presence.agencies()).isEmpty();
		first.heard(1);
		this.second = 10;
		Visit other = visit("csv");
		other.heard(1);
		first.left();
		first.left();
		assertThat(peer()).isEqualTo(new Peer(State.CONNECTED, Instant.EPOCH, "10.0.0.1", "csv", null, null));
		this.second = 20;
		other.left();
		this.second = 23;
		assertThat(peer().state()).isEqualTo(State.GONE);
		assertThat(peer().since()).isEqualTo(Instant.ofEpochSecond(20));
	}

	@Test
	void whoComesBackAtOnceWasNotAway() {
		for (String dialect : new String[] { "lines", "packets" }) {
			Visit question = visit(dialect);
			question.heard(1);
			question.left();
			this.second += dialect.equals("lines") ? 1 : 14;
			visit(dialect).heard(1);
			assertThat(peer().since()).isEqualTo(Instant.EPOCH);
		}
	}

	@Test
	void whoHasItsWinnersNeedsNotComeAgain() {
		Visit visit = visit("lines");
		visit.heard(1);
		visit.told();
		visit.left();
		this.second = 3;
		assertThat(peer().state()).isEqualTo(State.DONE);
	}

	@Test
	void aConnectionThatSpeaksForAnotherHasLeftTheFirst() {
		Visit visit = visit("tlv");
		visit.heard(1);
		visit.heard(2);
		this.second = 16;
		assertThat(peer().state()).isEqualTo(State.GONE);
		visit.left();
		visit.heard(3);
		assertThat(this.presence.agencies()).as("nothing comes behind the end").containsOnlyKeys(1, 2);
	}

	@Test
	void whoeverClaimsToBeAnyAgencyTakesNoMemory() {
		Visit visit = visit("lines");
		for (int agency = LAST + 1; agency < 1000; agency++) {
			visit.heard(agency);
			visit.refused(agency, Reason.UNKNOWN_AGENCY);
		}
		assertThat(this.presence.agencies()).isEmpty();
		assertThat(this.presence.refusals()).hasSize(40);
	}

	@Test
	void refusalsOfOneKindAreCountedAndAnAgencyHasItsLast() {
		Visit visit = visit("lines");
		visit.heard(1);
		visit.refused(1, Reason.INVALID_BET);
		this.second = 5;
		visit.refused(0, Reason.TOO_LONG);
		visit.refused(1, Reason.INVALID_BET);
		Instant now = Instant.ofEpochSecond(5);
		assertThat(peer())
			.isEqualTo(new Peer(State.CONNECTED, Instant.EPOCH, "10.0.0.1", "lines", Reason.INVALID_BET, now));
		assertThat(this.presence.refusals()).containsExactly(
				new Refused(now, 0, "10.0.0.1", "lines", Reason.TOO_LONG, 1),
				new Refused(now, 1, "10.0.0.1", "lines", Reason.INVALID_BET, 2));
	}

}
