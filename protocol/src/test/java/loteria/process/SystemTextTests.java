package loteria.process;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SystemTextTests {

	@ParameterizedTest
	@ValueSource(strings = { "ANSI_X3.4-1968", "ISO-8859-1" })
	void onlyAsciiIsSafeWithoutUtf8(String charset) {
		assertThat(SystemText.refusal("store/a b", charset, true)).isNull();
		assertThat(SystemText.refusal("José", charset, true)).contains("(" + charset + ")", "LC_ALL=C.UTF-8");
		assertThat(SystemText.refusal("Jos\uFFFD\uFFFD", charset, true)).contains("(" + charset + ")",
				"LC_ALL=C.UTF-8");
	}

	@Test
	void allIsSafeWithUtf8ButWhatWasNone() {
		assertThat(SystemText.refusal("José", "UTF-8", true)).isNull();
		assertThat(SystemText.refusal("Jos\uFFFD", "UTF-8", true)).isEqualTo("UTF-8");
	}

	@Test
	void allIsSafeWhereFilesHaveNamesInUnicode() {
		assertThat(SystemText.refusal("José", "Cp1252", false)).isNull();
	}

	@Test
	void namesTheArgumentThatCanNotBeReliedOn() {
		assertThat(SystemText.refusal(List.of("--a=b", "--name=Jos\uFFFD"))).get()
			.asString()
			.startsWith("argument --name=Jos\uFFFD must be ");
		assertThat(SystemText.refusal(List.of("--a=b"))).isEmpty();
	}

}
