package loteria.central;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Wherever the machine stands, the draw is the same: some languages have digits of their
 * own, some their own lower case or calendar.
 */
@Timeout(180)
@Isolated("sets what all of the process share")
@ExtendWith(OutputCaptureExtension.class)
class LocaleTests {

	/** By {@code sha256sum}, over {@code "7 1 <sha256 of the row>\n"}. */
	private static final String SHA256 = "a13ca6c46fe01e660c61c309e4fb6ad22a1ade49a9ff00f8a4da96545cbecf1e";

	private final Locale before = Locale.getDefault();

	@TempDir
	private Path directory;

	@AfterEach
	void restore() {
		Locale.setDefault(this.before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "en", "ar-EG", "fa-IR", "hi-IN-u-nu-deva", "th-TH-u-ca-buddhist-nu-thai", "tr-TR" })
	void theDrawAndItsLogAreTheSameInEveryLocale(String tag, CapturedOutput output) throws IOException {
		Locale.setDefault(Locale.forLanguageTag(tag));
		try (RunningCentral central = RunningCentral.start(this.directory, "--central.agencies=1",
				"--spring.main.web-application-type=none");
				Socket peer = new Socket("127.0.0.1", central.port("lines"))) {
			peer.getOutputStream()
				.write("S:1\n7;José;Núñez;30904465;1999-03-17;7574\nF:1\nFINISHED\n".getBytes(StandardCharsets.UTF_8));
			String winners = "R:1\nOK\nW:1\n30904465\n";
			assertThat(peer.getInputStream().readNBytes(winners.length())).asString().isEqualTo(winners);
		}
		assertThat(Files.readString(this.directory.resolve("draw.json"))).contains("\"sha256\" : \"" + SHA256 + "\"");
		assertThat(output.getOut())
			.contains("action: sorteo | result: success | name: draw | winning_number: 7574 | agencies: 1 | bets: 1 | ")
			.contains(SHA256);
		assertThat(VerifyCommand.run(new String[] { VerifyCommand.NAME, this.directory.toString() })).isZero();
		assertThat(output.getOut()).contains("verified: ").contains("over 1 bets, sha256 " + SHA256);
		assertThat(output.getAll().lines().filter(LocaleTests::hasOtherDigits)).isEmpty();
	}

	private static boolean hasOtherDigits(String line) {
		return line.codePoints().anyMatch((c) -> Character.isDigit(c) && c > '9');
	}

}
