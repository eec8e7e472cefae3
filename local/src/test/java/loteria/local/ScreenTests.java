package loteria.local;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import loteria.local.Screen.Terminal;
import loteria.protocol.Dialects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ScreenTests {

	@TempDir
	private Path directory;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final Agency agency = new Agency(12, Dialects.named("csv").orElseThrow(), 99, Path.of("unused"));

	@Test
	void saysOnAPipeOnlyWhatIsNew() {
		Screen screen = screen(0, 0, false);
		screen.show();
		screen.show();
		this.agency.stored(1, null);
		screen.show();
		this.agency.stored(50, null);
		screen.show();
		this.agency.stored(99, null);
		screen.show();
		assertThat(this.out.toString(StandardCharsets.UTF_8)).isEqualTo("""
				agency 12  csv  0 / 99  sending
				agency 12  csv  50 / 99  sending
				agency 12  csv  99 / 99  waiting for the draw
				""");
	}

	@Test
	void drawsOnATerminalABarWithRateAndTimeLeftOverWhatItDrewBefore() {
		Screen screen = screen(24, 80, false);
		screen.show();
		this.agency.stored(21, 21.0);
		screen.show();
		this.agency.stored(99, 78.0);
		screen.show();
		assertThat(written()).isEqualTo("""
				{agency  12  csv      [                ]       0 / 99      sending
				<{agency  12  csv      [===             ]      21 / 99         21/s  0:04 left
				<{agency  12  csv      [================]      99 / 99      waiting for the draw
				""");
	}

	@Test
	void drawsNoFurtherThanTheTerminalGoes() {
		screen(24, 20, false).show();
		assertThat(written()).isEqualTo("{agency  12  csv\n");
	}

	@Test
	void drawsOneLineForAllWhereTheTerminalHasNoRoom() {
		Screen screen = screen(1 + 1, 80, true, Collections.nCopies(200, this.agency));
		screen.show();
		this.agency.stored(99, null);
		screen.show();
		assertThat(written()).isEqualTo("""
				{200 agencies  [                ]       0 / 19800   0 ended
				<{200 agencies  [================]   19800 / 19800   0 ended
				""");
	}

	@Test
	void hasColoursOnATerminalUnlessToldOtherwise() {
		assertThat(Terminal.of("24x80", Map.of()).colours()).isTrue();
		assertThat(Terminal.of("24x80", Map.of("NO_COLOR", "1")).colours()).isFalse();
		assertThat(Terminal.of("24x80", Map.of("NO_COLOR", "")).colours()).isTrue();
		assertThat(Terminal.of("24x80", Map.of("TERM", "dumb"))).isEqualTo(Terminal.NONE);
		assertThat(Terminal.of("", Map.of())).isEqualTo(Terminal.NONE);
	}

	@Test
	void coloursOnlyWhoHasEnded() throws Exception {
		for (boolean colours : List.of(true, false)) {
			this.out.reset();
			Agency failed = new Agency(1, Dialects.named("csv").orElseThrow(), 99,
					this.directory.resolve("log-" + colours));
			Files.createFile(failed.log());
			failed.ended(4);
			screen(24, 80, colours, List.of(failed, this.agency)).show();
			assertThat(written()).matches(colours ? "(?s)\\{\033\\[31m.*failed, exit code 4\033\\[0m\n\\{agency.*"
					: "(?s)\\{agency.*failed, exit code 4\n\\{agency.*");
		}
	}

	/** With the sequences that erase a line, and go up one, as one character each. */
	private String written() {
		return this.out.toString(StandardCharsets.UTF_8).replace("\r\033[K", "{").replace("\033[1A", "<");
	}

	private Screen screen(int rows, int columns, boolean colours) {
		return screen(rows, columns, colours, List.of(this.agency));
	}

	private Screen screen(int rows, int columns, boolean colours, List<Agency> agencies) {
		return new Screen(new PrintStream(this.out, true, StandardCharsets.UTF_8), agencies,
				new Terminal(rows, columns, colours));
	}

}
