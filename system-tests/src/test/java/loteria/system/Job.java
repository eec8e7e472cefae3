package loteria.system;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All agencies of a lottery, sending at the same time in a dialect that resumes.
 * <p>
 * An agency that finds fewer bets stored than the central has acknowledged ends with code
 * 1; that every one ends with 0 is therefore also the proof that nothing acknowledged was
 * lost.
 */
final class Job {

	private final Lottery lottery;

	private final Data data;

	private final Agencies agencies;

	private Job(Lottery lottery, Data data) {
		this.lottery = lottery;
		this.data = data;
		this.agencies = new Agencies(data, (agency) -> lottery.startAgency(agency, "lines", Agencies.PATIENT));
	}

	static Job start(Lottery lottery, Data data) {
		return new Job(lottery, data);
	}

	/** The process that runs for {@code agency} at the moment. */
	Program agency(int agency) {
		return this.agencies.program(agency);
	}

	/** Starts {@code agency} once more. */
	void again(int agency) {
		this.agencies.again(agency);
	}

	/** Whether every agency has its winners. */
	boolean isOver() {
		return this.agencies.areDone();
	}

	/**
	 * Waits until every agency has ended as it should, stops the central, and looks at
	 * the store.
	 */
	Outcome end(Program central) throws IOException, InterruptedException {
		this.agencies.awaitWinners();
		// one that was started only now can't heed a signal yet
		this.lottery.awaitReady();
		central.stop("TERM", Lottery.LIMIT);
		Program verify = Program.verify(this.lottery.store());
		assertThat(verify.exitCode(Lottery.LIMIT)).as("verify").isZero();
		assertThat(verify.log()).last().asString().startsWith("verified: ");
		Outcome outcome = Outcome.of(this.data, this.lottery);
		assertThat(outcome).isEqualTo(Outcome.NOTHING_WRONG);
		return outcome;
	}

}
