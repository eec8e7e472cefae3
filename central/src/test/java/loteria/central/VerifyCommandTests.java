package loteria.central;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import loteria.bet.Bet;
import loteria.bet.Rows;
import loteria.central.store.Sequence;
import loteria.central.store.file.FileBetStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class VerifyCommandTests {

	@TempDir
	private Path directory;

	@BeforeEach
	void draw() throws Exception {
		FileBetStore.Options options = new FileBetStore.Options(this.directory, "summer", 7574, 0);
		try (FileBetStore store = FileBetStore.open(options, new SimpleMeterRegistry(), (ex) -> {
		})) {
			Bet bet = new Bet(3, "Ana", "Paz", "123", LocalDate.EPOCH, 7574);
			store.append(Sequence.ANYWHERE, Rows.of(3, List.of(bet))).join();
			store.draw(Instant.EPOCH);
		}
	}

	@Test
	void saysVerified(CapturedOutput output) {
		assertThat(run()).isZero();
		assertThat(output.getOut()).contains("verified: draw \"summer\" over 1 bets, sha256 ");
	}

	@Test
	void saysTheFirstDifference(CapturedOutput output) throws Exception {
		change();
		assertThat(run()).isEqualTo(Exit.FAILURE);
		assertThat(output.getOut()).contains("not verified: agency 3: ", "batch 1, of agency 3, lines 1 to 1");
	}

	@Test
	void saysTheSameAsJson(CapturedOutput output) throws Exception {
		assertThat(run("--json")).isZero();
		JsonNode good = json(output);
		assertThat(good.get("verified").booleanValue()).isTrue();
		assertThat(good.get("difference").isNull()).isTrue();
		assertThat(good.get("computed")).isEqualTo(good.get("recorded"));
		assertThat(good.toString()).doesNotContain("Ana", "Paz", "123,");
	}

	@Test
	void saysTheDifferenceAsJson(CapturedOutput output) throws Exception {
		change();
		assertThat(run("--json")).isEqualTo(Exit.FAILURE);
		JsonNode bad = json(output);
		assertThat(bad.get("verified").booleanValue()).isFalse();
		assertThat(bad.get("difference").stringValue()).contains("agency 3");
		assertThat(bad.get("computed")).isNotEqualTo(bad.get("recorded"));
	}

	@Test
	void saysThatThereIsNothingToVerify(CapturedOutput output) throws Exception {
		Files.delete(this.directory.resolve("draw.json"));
		assertThat(run()).isEqualTo(Exit.UNUSABLE);
		assertThat(output.getErr()).contains("has no draw.json");
		assertThat(run("--other")).isEqualTo(Exit.UNUSABLE);
		assertThat(output.getErr()).contains("usage: ");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', value = {
			"--central.agencies=1-2, \"verify: a store directory is named, so --central.agencies=1-2 would mean nothing\"",
			"b, \"verify: 'b' is one too many\"", "--jsn, verify: there is no --jsn" })
	void saysWhichArgumentIsWrong(String argument, String reason, CapturedOutput output) {
		assertThat(run(argument)).isEqualTo(Exit.UNUSABLE);
		assertThat(output.getErr()).contains(reason, "verify [<store directory>|--<setting>=<value>...] [--json]");
	}

	@Test
	void saysWhatIsWrongWithTheOtherCommandsToo(CapturedOutput output) {
		assertThat(SalvageCommand.run(new String[] { "salvage", "a", "--x=1" })).isEqualTo(Exit.UNUSABLE);
		assertThat(ExportCommand.run(new String[] { "export" })).isEqualTo(Exit.UNUSABLE);
		assertThat(output.getErr()).contains("salvage: it takes no settings, as --x=1", "export: say of what");
	}

	private static JsonNode json(CapturedOutput output) {
		String text = output.getOut();
		return JsonMapper.shared().readTree(text.substring(text.indexOf("{\n")));
	}

	private void change() throws Exception {
		Path bets = this.directory.resolve("bets.csv");
		Files.writeString(bets, Files.readString(bets).replace("Paz", "Pez"));
	}

	private int run(String... options) {
		String[] arguments = new String[2 + options.length];
		arguments[0] = VerifyCommand.NAME;
		arguments[1] = this.directory.toString();
		System.arraycopy(options, 0, arguments, 2, options.length);
		return VerifyCommand.run(arguments);
	}

}
