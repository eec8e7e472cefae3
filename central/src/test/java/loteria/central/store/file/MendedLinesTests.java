package loteria.central.store.file;

import java.nio.file.Path;
import java.util.Locale;

import loteria.central.store.disk.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class MendedLinesTests {

	@TempDir
	private Path directory;

	@Test
	void sayFileOffsetBytesAgencyAndBatch(CapturedOutput output) throws Exception {
		DamagedStore store = new DamagedStore(this.directory);
		try (FileBetStore opened = Samples.open(this.directory)) {
			for (int batch = 0; batch < 4; batch++) {
				assertThat(Samples.append(opened, 1 + batch % 2, 3).join()).isNull();
			}
		}
		store.remember();
		Frame first = store.entry(0);
		Frame second = store.entry(1);
		Frame third = store.entry(2);
		store.flip(store.betsFile(), second.rowsAt() + 9);
		store.flip(store.journalFile(), first.at() + 9);
		store.flip(store.journalFile(), third.rows() + 9);
		Samples.open(this.directory).close();
		String line = "store_recovery | result: in_progress | mended: %s | offset: %d | bytes: %d | agency: %d | batch: %d | from: %s";
		assertThat(output).contains(
				String.format(Locale.ROOT, line, "bets.journal", first.at(), first.end() - first.at(), 1, 1,
						"its other copy"),
				String.format(Locale.ROOT, line, "bets.csv", second.rowsAt(), second.length(), 2, 2, "bets.journal"),
				String.format(Locale.ROOT, line, "bets.journal", third.rows(), third.length(), 1, 3, "bets.csv"));
		int before = output.getAll().length();
		Samples.open(this.directory).close();
		assertThat(output.getAll().substring(before)).doesNotContain("mended");
	}

}
