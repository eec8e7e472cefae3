package loteria.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import loteria.protocol.Dialects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class AgencyTests {

	private static final String BATCH = "2026-11-25 22:28:08 INFO     action: apuesta_enviada | result: success | cantidad: 120";

	private static final String SUMMARY = "2026-11-25 22:28:08 INFO     action: summary | result: success | client_id: 3"
			+ " | dialect: tlv | rows: 241 | sent: 240 | skipped: 1 | batches: 2 | winners: 4 | seconds: 0.60";

	@TempDir
	private Path directory;

	@Test
	void countsWhatItSaysItHasSent() {
		Agency agency = agency();
		assertThat(agency.heard(BATCH)).isTrue();
		assertThat(agency.phase()).isEqualTo("sending");
		assertThat(agency.heard(BATCH.replace("success", "fail"))).isFalse();
		assertThat(agency.heard("action: apuesta_enviada | result: success | dni: 1 | numero: 2 | cantidad: 121"))
			.isTrue();
		assertThat(agency.sent()).isEqualTo(241);
		assertThat(agency.phase()).isEqualTo("waiting for the draw");
	}

	@Test
	void copiesItsLinesAndKnowsItsSummaryWhenItHasEnded() throws Exception {
		Agency agency = follow(
				"printf '%s\\n' '" + BATCH + "' '" + SUMMARY + "'; printf '\\303\\261and\\303\\272\\n'; exit 3");
		assertThat(agency.isRunning()).isFalse();
		assertThat(agency.succeeded()).isTrue();
		assertThat(agency.phase()).isEqualTo("done, 4 winners");
		assertThat(agency.summary("sent")).isEqualTo(240);
		assertThat(Files.readAllLines(agency.log())).containsExactly(BATCH, SUMMARY, "ñandú");
	}

	@Test
	void hasFailedWithAnyOtherCode() throws Exception {
		Agency agency = follow("exit 4");
		assertThat(agency.succeeded()).isFalse();
		assertThat(agency.phase()).isEqualTo("failed, exit code 4");
		assertThat(agency.summary("sent")).isZero();
	}

	private Agency follow(String script) throws Exception {
		Agency agency = agency();
		Program program = Program.start(List.of("sh", "-c", script), Map.of(), this.directory,
				ProcessBuilder.Redirect.PIPE);
		CountDownLatch ended = new CountDownLatch(1);
		agency.follow(program.process(), () -> {
			if (!agency.isRunning()) {
				ended.countDown();
			}
		});
		assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
		assertThat(program.ends(Duration.ZERO)).isTrue();
		return agency;
	}

	private Agency agency() {
		return new Agency(3, Dialects.named("tlv").orElseThrow(), 241, this.directory.resolve("agency-3.log"));
	}

}
