package loteria.agency.terminal;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BottomLineTests {

	private static final String ERASE = "\r\u001B[K";

	private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

	private final BottomLine line = new BottomLine(new PrintStream(this.terminal, true, StandardCharsets.UTF_8));

	private final PrintStream log = new PrintStream(this.line.above(this.terminal), true, StandardCharsets.UTF_8);

	@Test
	void isThereAgainBehindEveryLineAboveIt() {
		this.line.accept("10 %");
		this.terminal.reset();
		for (int i = 1; i <= 35; i++) {
			this.log.writeBytes(("line ñ " + i + "\n").getBytes(StandardCharsets.UTF_8));
			assertThat(written()).isEqualTo(ERASE + "line ñ " + i + "\n\u001B[?7l10 %\u001B[?7h");
			this.terminal.reset();
		}
	}

	@Test
	void isDrawnOverItself() {
		this.line.accept("10 %");
		this.line.accept("20 %");
		assertThat(written()).endsWith(ERASE + "\u001B[?7l20 %\u001B[?7h");
	}

	@Test
	void isAnOrdinaryLineInTheEnd() {
		this.log.writeBytes("before\n".getBytes(StandardCharsets.UTF_8));
		this.line.accept("100 %");
		this.line.close();
		this.log.writeBytes("behind\n".getBytes(StandardCharsets.UTF_8));
		assertThat(written()).isEqualTo("before\n" + ERASE + "\u001B[?7l100 %\u001B[?7h\nbehind\n");
	}

	private String written() {
		return this.terminal.toString(StandardCharsets.UTF_8);
	}

}
