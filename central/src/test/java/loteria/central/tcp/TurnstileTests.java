package loteria.central.tcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class TurnstileTests {

	private static final long MILLI = Duration.ofMillis(1).toNanos();

	/** May begin anywhere, and overflow. */
	private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 100 * MILLI);

	/** A tenth of two processors: five milliseconds for each. */
	private final Turnstile turnstile = new Turnstile(0.1, 2, this.clock::get);

	private final List<Turnstile.Account> accounts = new ArrayList<>();

	private final List<String> passed = new CopyOnWriteArrayList<>();

	@AfterEach
	void end() {
		this.accounts.forEach(Turnstile.Account::end);
	}

	private Turnstile.Account open(String network) {
		Turnstile.Account account = this.turnstile.open(network, false);
		this.accounts.add(account);
		return account;
	}

	/** One that owes nothing. */
	private Turnstile.Account welcome(String network) {
		Turnstile.Account account = open(network);
		account.charge(-account.charged());
		assertThat(account.isPaid()).isTrue();
		return account;
	}

	private void betsComeIn() {
		welcome("bets").refund(0);
	}

	/** Returns when all that have come before it, and it, wait. */
	private Turnstile.Account comes(String network, long owing) {
		Turnstile.Account account = welcome(network);
		account.charge(owing);
		int before = this.turnstile.waiting();
		Thread.startVirtualThread(() -> {
			if (account.awaitTurn()) {
				this.passed.add(network);
			}
		});
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> this.turnstile.waiting() == before + 1);
		return account;
	}

	/** Nobody passes for a second after this. */
	private void spend(long nanos) {
		Turnstile.Account first = welcome("first");
		first.charge(nanos);
		assertThat(first.awaitTurn()).isTrue();
	}

	private void after(long millis, String... passed) {
		this.clock.addAndGet(millis * MILLI);
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(this.passed).containsExactly(passed));
	}

	@Test
	void aConnectionWaitsForItsTurnUntilItBringsBets() {
		betsComeIn();
		Turnstile.Account account = open("a");
		assertThat(account.isPaid()).isFalse();
		assertThat(account.awaitTurn()).isTrue();
		account.charge(MILLI);
		assertThat(account.isPaid()).isFalse();
		account.refund(account.charged());
		assertThat(account.isPaid()).isTrue();
	}

	@Test
	void betsSaveForTheNextConnectionOfTheirNetwork() {
		Turnstile.Account account = open("a");
		account.refund(account.charged());
		assertThat(account.isPaid()).isTrue();
		assertThat(open("a").isPaid()).isTrue();
		assertThat(open("a").isPaid()).isFalse();
		assertThat(open("b").isPaid()).isFalse();
	}

	@Test
	void nobodySavesMoreThanATenthOfASecond() {
		Turnstile.Account account = open("a");
		account.charge(10_000 * MILLI);
		account.refund(account.charged());
		account.charge(100 * MILLI + 1);
		account.refund(0);
		// of its own and of its network
		assertThat(account.isPaid()).isTrue();
		account.charge(10_000 * MILLI + 1);
		assertThat(account.isPaid()).isFalse();
	}

	@Test
	void allTogetherHaveTheirShareOfTheProcessors() {
		betsComeIn();
		spend(20 * MILLI);
		IntStream.range(0, 3).forEach((i) -> comes("a" + i, 10 * MILLI));
		after(80);
		after(20, "a0");
		after(40, "a0");
		after(10, "a0", "a1");
		after(50, "a0", "a1", "a2");
	}

	@Test
	void whereNoBetsComeInTheyHaveHalfOfThem() {
		spend(20 * MILLI);
		IntStream.range(0, 2).forEach((i) -> comes("a" + i, 10 * MILLI));
		after(20, "a0");
		after(10, "a0", "a1");
	}

	@Test
	void networksTakeTurnsHoweverManyConnectionsEachHas() {
		betsComeIn();
		spend(20 * MILLI);
		IntStream.range(0, 5).forEach((i) -> comes("many", MILLI));
		comes("few", MILLI);
		comes("few", MILLI);
		after(100, "many");
		after(5, "many", "few");
		after(5, "many", "few", "many");
		after(5, "many", "few", "many", "few");
		after(5, "many", "few", "many", "few", "many");
	}

	@Test
	void thoseThatAskForMoreWaitLonger() {
		betsComeIn();
		spend(20 * MILLI);
		comes("large", 30 * MILLI);
		comes("large", 30 * MILLI);
		IntStream.range(0, 3).forEach((i) -> comes("small", MILLI));
		after(100, "large");
		after(150, "large", "small");
		after(5, "large", "small", "small");
		after(5, "large", "small", "small", "small");
		after(5, "large", "small", "small", "small", "large");
	}

	@Test
	void howeverMuchWasSpentTheNextPassesAfterASecond() {
		betsComeIn();
		spend(60_000 * MILLI);
		comes("a", MILLI);
		after(999);
		after(1, "a");
	}

	@Test
	void aConnectionThatLeavesWithoutPayingKeepsOthersWaitingForAMoment() {
		betsComeIn();
		Turnstile.Account account = open("a");
		account.charge(60_000 * MILLI);
		account.end();
		account.settle();
		comes("b", MILLI);
		after(49);
		after(1, "b");
	}

	@Test
	void theEndOfAConnectionEndsItsWait() {
		spend(60_000 * MILLI);
		Turnstile.Account account = welcome("a");
		account.charge(MILLI);
		Thread.startVirtualThread(account::end);
		assertThat(account.awaitTurn()).isFalse();
		assertThat(this.turnstile.waiting()).isZero();
	}

	@Test
	void tensOfThousandsOfNetworksAreForgottenButThoseThatBroughtBets() {
		Turnstile.Account honest = open("honest");
		honest.refund(honest.charged());
		for (int i = 0; i < 30_000; i++) {
			this.turnstile.open("n" + i, false);
			this.clock.addAndGet(MILLI / 10);
		}
		assertThat(this.turnstile.networks()).isLessThan(11_000);
		assertThat(open("honest").isPaid()).isTrue();
	}

	@Test
	void networksAreForgottenWhereTooManyHaveBroughtABetEach() {
		for (int i = 0; i < 30_000; i++) {
			Turnstile.Account account = this.turnstile.open("n" + i, false);
			account.refund(account.charged());
			this.clock.addAndGet(MILLI / 10);
		}
		assertThat(this.turnstile.networks()).isLessThan(11_000);
	}

}
