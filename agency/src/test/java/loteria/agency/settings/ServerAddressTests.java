package loteria.agency.settings;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ServerAddressTests {

	@ParameterizedTest
	@CsvSource({ "server:12345, server, 12345", "server, server, 12347", "10.0.0.1:1, 10.0.0.1, 1",
			"[::1]:65535, ::1, 65535", "[fe80::2], fe80::2, 12347" })
	void readsHostAndPort(String text, String host, int port) {
		assertThat(ServerAddress.parse(text, 12347)).isEqualTo(new ServerAddress(host, port));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ":", ":12345", "server:", "server:0", "server:65536", "server:x", "a:1:2", "[::1",
			"[]:1", "[::1]1", "[::1]:", "[server]:1", "two words:1", "http://server:1", "::1" })
	void readsNothingElse(String text) {
		assertThat(ServerAddress.parse(text, 12347)).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			a:1,b:2 | a:1,b:2
			a, b    | a:12347,b:12347
			[::1],a:1,10.0.0.1 | [::1]:12347,a:1,10.0.0.1:12347
			server  | server:12347
			""")
	void readsAList(String text, String addresses) {
		assertThat(ServerAddresses.parse(text, 12347)).hasToString(addresses);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ",", "a,", ",a", "a,,b", "a:1,b:x", "a b" })
	void readsNoOtherList(String text) {
		assertThat(ServerAddresses.parse(text, 12347)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "server:12345", "[::1]:80" })
	void writesWhatItReads(String text) {
		assertThat(ServerAddress.parse(text, 1)).hasToString(text);
	}

}
