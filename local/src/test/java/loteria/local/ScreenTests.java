package loteria.local;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import loteria.protocol.Dialects;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScreenTests {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final Agency agency = new Agency(12, Dialects.named("csv").orElseThrow(), 99, Path.of("unused"));

	@Test
	void saysOnAPipeOnlyWhatIsNew() {
		Screen screen = screen(0);
		screen.show();
		screen.show();
		sent(1);
		screen.show();
		sent(49);
		screen.show();
		sent(49);
		screen.show();
		assertThat(this.out.toString(StandardCharsets.UTF_8)).isEqualTo("""
				agency 12  csv  0 / 99  sending
				agency 12  csv  50 / 99  sending
				agency 12  csv  99 / 99  waiting for the draw
				""");
	}

	@Test
	void drawsOnATerminalOverWhatItDrewBefore() {
		Screen screen = screen(2);
		screen.show();
		sent(99);
		screen.show();
		assertThat(this.out.toString(StandardCharsets.UTF_8))
			.isEqualTo("\r\033[Kagency   12  csv              0 / 99         sending\n"
					+ "\033[1A\r\033[Kagency   12  csv             99 / 99         waiting for the draw\n");
	}

	@Test
	void drawsNothingOverWhereTheTerminalHasNoRoom() {
		Screen screen = screen(1);
		screen.show();
		assertThat(this.out.toString(StandardCharsets.UTF_8)).isEqualTo("agency 12  csv  0 / 99  sending\n");
	}

	private Screen screen(int rows) {
		return new Screen(new PrintStream(this.out, true, StandardCharsets.UTF_8), List.of(this.agency), rows);
	}

	private void sent(int bets) {
		this.agency.heard("action: apuesta_enviada | result: success | cantidad: " + bets);
	}

}
