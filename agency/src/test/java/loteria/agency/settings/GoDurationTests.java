package loteria.agency.settings;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class GoDurationTests {

	@ParameterizedTest
	@CsvSource({ "5s, PT5S", "0.5ms, PT0.0005S", "1m30s, PT1M30S", "1h, PT1H", "100ms, PT0.1S", "1.5h, PT1H30M",
			"7ns, PT0.000000007S", "3us, PT0.000003S", "3µs, PT0.000003S", "3μs, PT0.000003S", "0, PT0S", "0s, PT0S",
			".5s, PT0.5S", "5.s, PT5S", "1h0m0.25s, PT1H0.25S" })
	void readsWhatGoReads(String text, Duration duration) {
		assertThat(GoDuration.parse(text)).isEqualTo(duration);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "5", "s", "-5s", "5 s", "5s ", "5 seconds", "1m30", "1..5s", ".s", "1d", "5S", "1e3s",
			"9999999999h" })
	void readsNothingElse(String text) {
		assertThat(GoDuration.parse(text)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "5s", "0.5ms", "1m30s", "1h", "100ms", "1h30m", "0s", "1.25s", "1h0.25s" })
	void writesWhatItReads(String text) {
		assertThat(GoDuration.format(GoDuration.parse(text))).isEqualTo(text);
	}

}
