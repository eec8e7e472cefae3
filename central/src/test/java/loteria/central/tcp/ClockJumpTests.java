package loteria.central.tcp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import loteria.central.RunningCentral;
import loteria.torture.Torture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fault 13: the clock is set an hour forward or back. No wait ends earlier or later for
 * it, and bets stay in the order in which they came.
 */
@Tag(Torture.TAG)
class ClockJumpTests {

	private static final Duration JUMP = Duration.ofHours(1);

	private static final Duration DRAW_TIMEOUT = Duration.ofSeconds(1);

	private static final String OK = "R:1\nOK\n";

	private static final String FAIL = "R:1\nFAIL\n";

	private static final String FINISH = "F:1\nFINISHED\n";

	@TempDir
	Path store;

	private final JumpingClock clock = new JumpingClock();

	@Test
	void neitherTimeoutsNorOrderCareForIt() throws IOException {
		try (RunningCentral central = RunningCentral.start(this.store, this.clock, "--central.agencies=2",
				"--central.draw.timeout=" + DRAW_TIMEOUT.toMillis() + "ms", "--central.connections.idle=10s",
				"--central.connections.message=10s");
				Peer first = new Peer(central.port("lines"));
				Peer second = new Peer(central.port("lines"))) {
			first.send(bet(1, 1));
			second.send("S:1\n2;An");
			assertThat(first.receiveLines(2)).isEqualTo(OK);
			for (Duration jump : new Duration[] { JUMP, JUMP.negated(), JUMP.negated(), JUMP }) {
				assertThatTheWaitLastsAsLongAsItShould(first, jump);
			}
			second.send("a;Paz;7;1990-01-01;7574\n");
			assertThat(second.receiveLines(2)).isEqualTo(OK);
			this.clock.jump(JUMP.negated());
			second.send(bet(2, 8) + FINISH);
			assertThat(second.receiveLines(4)).isEqualTo(OK + "W:2\n7~8\n");
		}
		assertThat(Files.readString(this.store.resolve("bets.csv")))
			.isEqualTo("1,Ana,Paz,1,1990-01-01,7574\r\n2,Ana,Paz,7,1990-01-01,7574\r\n2,Ana,Paz,8,1990-01-01,7574\r\n");
		Torture.report("13 clock set forward or back by an hour", this.clock.jumps(), "");
	}

	private void assertThatTheWaitLastsAsLongAsItShould(Peer peer, Duration jump) throws IOException {
		long begun = System.nanoTime();
		peer.send(FINISH);
		Torture.pass(DRAW_TIMEOUT.dividedBy(4));
		this.clock.jump(jump);
		assertThat(peer.receiveLines(2)).isEqualTo(FAIL);
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(DRAW_TIMEOUT, JUMP.dividedBy(2));
	}

	private static String bet(int agency, int document) {
		return "S:1\n" + agency + ";Ana;Paz;" + document + ";1990-01-01;7574\n";
	}

	/** The system's, but for the jumps. */
	private static final class JumpingClock extends Clock {

		private volatile Duration offset = Duration.ZERO;

		private int jumps;

		void jump(Duration by) {
			this.offset = this.offset.plus(by);
			this.jumps++;
		}

		int jumps() {
			return this.jumps;
		}

		@Override
		public Instant instant() {
			return Instant.now().plus(this.offset);
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
