package loteria.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VariablesTests {

	private static final Charset ASCII = StandardCharsets.US_ASCII;

	private static final Charset LATIN = StandardCharsets.ISO_8859_1;

	private static final Charset UTF_8 = StandardCharsets.UTF_8;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	@Test
	void readsUtf8InAnyLocale() {
		entry("NOMBRE=José", UTF_8);
		entry("A=B=C", UTF_8);
		assertThat(exact(Map.of("NOMBRE", "Jos\uFFFD\uFFFD", "A", "B=C"), ASCII))
			.isEqualTo(Map.of("NOMBRE", "José", "A", "B=C"));
		assertThat(exact(Map.of("NOMBRE", "JosÃ©"), LATIN)).isEqualTo(Map.of("NOMBRE", "José"));
	}

	@Test
	void readsWhatIsNotUtf8AsTheLocaleHasIt() {
		entry("NOMBRE=José", LATIN);
		assertThat(exact(Map.of("NOMBRE", "José"), LATIN)).isEqualTo(Map.of("NOMBRE", "José"));
	}

	@Test
	void leavesWhatNobodyCanReadLossyForItsReaderToRefuse() {
		entry("NOMBRE=José", LATIN);
		assertThat(exact(Map.of("NOMBRE", "Jos\uFFFD"), ASCII)).isEqualTo(Map.of("NOMBRE", "Jos\uFFFD"));
		assertThat(exact(Map.of("NOMBRE", "Jos\uFFFD"), UTF_8)).isEqualTo(Map.of("NOMBRE", "Jos\uFFFD"));
	}

	@Test
	void takesNoVariableThatJavaDoesNotHaveAndTheFirstOfTwo() {
		entry("GONE=x", UTF_8);
		entry("N=á", UTF_8);
		entry("N=é", UTF_8);
		entry("no entry", UTF_8);
		assertThat(exact(Map.of("N", "\uFFFD\uFFFD", "ADDED", "y"), ASCII)).isEqualTo(Map.of("N", "á", "ADDED", "y"));
	}

	@Test
	void doesWithWhatJavaHasWhereNoBytesAreShown() {
		assertThat(exact(Map.of("NOMBRE", "José"), ASCII)).isEqualTo(Map.of("NOMBRE", "José"));
	}

	@Test
	void hasNoBlankOnes() {
		assertThat(exact(Map.of("CENTRAL_AGENCIES", "", "CLI_FILE", " ", "A", "b"), UTF_8)).isEqualTo(Map.of("A", "b"));
	}

	private Map<String, String> exact(Map<String, String> given, Charset charset) {
		return Variables.exact(given, this.bytes.toByteArray(), charset);
	}

	private void entry(String entry, Charset charset) {
		this.bytes.writeBytes(entry.getBytes(charset));
		this.bytes.write(0);
	}

}
