package loteria.agency.tcp;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TurnsTests {

	private static final List<String> ALL = List.of("a", "b", "c");

	private long now;

	private final Turns turns = new Turns(4, () -> this.now);

	@Test
	void beginsWithTheNextOneEachTime() {
		assertThat(order()).containsExactly("b", "c", "a");
		assertThat(order()).containsExactly("c", "a", "b");
		assertThat(order()).containsExactly("a", "b", "c");
	}

	@Test
	void whoFailedAMomentAgoComesLast() {
		this.turns.failed("b");
		assertThat(order()).containsExactly("c", "a", "b");
		this.now = Duration.ofSeconds(10).toNanos();
		assertThat(this.turns.order(ALL, 1, (one) -> false)).containsExactly("b", "c", "a");
	}

	@Test
	void whoIsToComeLastDoesUnlessAllOthersFailed() {
		assertThat(this.turns.order(ALL, 1, "b"::equals)).containsExactly("c", "a", "b");
		this.turns.failed("a");
		this.turns.failed("c");
		assertThat(this.turns.order(ALL, 1, "b"::equals)).containsExactly("b", "c", "a");
	}

	@Test
	void takesTurnsForEver() {
		assertThat(this.turns.order(ALL, Integer.MIN_VALUE, (one) -> false)).containsExactlyInAnyOrderElementsOf(ALL);
		assertThat(this.turns.order(List.of(), 1, (one) -> false)).isEmpty();
	}

	private List<String> order() {
		return this.turns.order(ALL, this.turns.next(), (one) -> false);
	}

}
