package loteria.agency.sending;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import loteria.agency.ending.ExitStatus;
import loteria.agency.ending.Failure;
import loteria.agency.scripted.LogLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DrawWaitTests {

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);

	private final LogLines log = LogLines.capture();

	private Duration now = Duration.ofDays(1);

	@AfterEach
	void stop() {
		this.log.close();
	}

	private void goOn(DrawWait wait, int seconds) throws Failure {
		this.now = this.now.plusSeconds(seconds);
		wait.passed();
	}

	@Test
	void saysEveryMinuteThatItGoesOnAndSinceWhen() throws Failure {
		DrawWait wait = new DrawWait(null, CLOCK, () -> this.now.toNanos());
		wait.ask();
		assertThat(wait.next()).isEqualTo(Duration.ofMinutes(1));
		goOn(wait, 59);
		assertThat(wait.next()).isEqualTo(Duration.ofSeconds(1));
		wait.ask();
		assertThat(this.log.all()).containsExactly("action: consulta_ganadores | result: in_progress");
		goOn(wait, 2);
		goOn(wait, 30);
		goOn(wait, 28);
		assertThat(this.log.all()).hasSize(2)
			.last()
			.asString()
			.startsWith(
					"action: consulta_ganadores | result: in_progress | since: 2026-01-02T03:04:05Z | seconds: 61 | reason: ");
		goOn(wait, 500);
		assertThat(this.log.all()).hasSize(3).last().asString().contains(" | seconds: 619 | ");
	}

	@Test
	void endsWhereItWasToldTo() throws Failure {
		DrawWait wait = new DrawWait(Duration.ofSeconds(90), CLOCK, () -> this.now.toNanos());
		wait.ask();
		goOn(wait, 61);
		assertThat(wait.next()).isEqualTo(Duration.ofSeconds(29));
		this.now = this.now.plusSeconds(29);
		assertThatExceptionOfType(Failure.class).isThrownBy(wait::ask)
			.withMessageContaining(" | since: 2026-01-02T03:04:05Z | seconds: 90 | reason: ")
			.extracting(Failure::status)
			.isEqualTo(ExitStatus.NOT_DRAWN);
	}

}
