package loteria.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import loteria.protocol.Dialects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class AgencyTests {

	private static final String SUMMARY = "2026-11-25 22:28:08 INFO     action: summary | result: success | client_id: 3"
			+ " | dialect: tlv | rows: 241 | sent: 240 | skipped: 1 | batches: 2 | winners: 4 | seconds: 0.60";

	@TempDir
	private Path directory;

	@Test
	void isAsFarAsTheCentralSays() {
		Agency agency = agency();
		agency.stored(120, null);
		assertThat(agency.phase()).isEqualTo("sending");
		agency.stored(241, 121.5);
		assertThat(agency.sent()).isEqualTo(241);
		assertThat(agency.rate()).isEqualTo(121.5);
		assertThat(agency.phase()).isEqualTo("waiting for the draw");
	}

	@Test
	void hasTheCountsOfItsSummaryWhenItHasEnded() throws IOException {
		Agency agency = ended("\u00f1and\u00fa\n" + SUMMARY + "\nits last line\n", 3);
		assertThat(agency.isRunning()).isFalse();
		assertThat(agency.succeeded()).isTrue();
		assertThat(agency.phase()).isEqualTo("done, 4 winners");
		assertThat(agency.summary("sent")).isEqualTo(240);
		assertThat(agency.seconds()).isEqualTo(0.6);
		assertThat(agency.sent()).isEqualTo(240);
	}

	@Test
	void knowsBetterThanTheCentralSaidASecondAgo() throws IOException {
		Agency agency = ended(SUMMARY, 0);
		agency.stored(120, 1.0);
		assertThat(agency.sent()).isEqualTo(240);
	}

	@Test
	void hasFailedWithAnyOtherCode() throws IOException {
		Agency agency = ended("", 4);
		assertThat(agency.succeeded()).isFalse();
		assertThat(agency.phase()).isEqualTo("failed, exit code 4");
		assertThat(agency.summary("sent")).isZero();
	}

	private Agency ended(String log, int code) throws IOException {
		Agency agency = agency();
		Files.writeString(agency.log(), log, StandardCharsets.UTF_8);
		agency.ended(code);
		return agency;
	}

	private Agency agency() {
		return new Agency(3, Dialects.named("tlv").orElseThrow(), 241, this.directory.resolve("agency-3.log"));
	}

}
