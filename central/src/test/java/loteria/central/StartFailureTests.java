package loteria.central;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import loteria.central.settings.CentralSettings;
import loteria.protocol.Dialects;
import loteria.tls.TestCertificates;
import loteria.tls.TestCertificates.Issued;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchRuntimeException;

/**
 * Whatever is wrong with the settings: one line that says what, code 2, and no store.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					--foo=1 | there is no setting foo=1; java -jar central.jar --help lists those there are
					--agencies=3 | there is no setting agencies=3; is it central.agencies that you mean?
					--central.agencis=3 | there is no setting central.agencis=3; is it central.agencies that you mean?
					--central.draw.timeot=3s | there is no setting central.draw.timeot=3s; is it central.draw.timeout that you mean?
					--central.listeners.tlv.prt=1 | there is no setting central.listeners.tlv.prt=1; is it central.listeners.tlv.port that you mean?
					--server.prt=1 | there is no setting server.prt=1; is it server.port that you mean?
					--server.port=abc | server.port=abc must be a whole number
					--server.port= | server.port= must be a whole number from 0 to 65535
					--server.port=99999 | server.port=99999 must be a whole number from 0 to 65535
					--management.server.port=abc | management.server.port=abc must be a whole number
					--management.server.port=99999 | management.server.port=99999 must be a whole number from 0 to 65535
					--server.tomcat.max-connections=few | server.tomcat.max-connections=few must be a whole number
					--server.tomcat.max-connections=0 | server.tomcat.max-connections=0 must be a whole number from 1 to 65535
					--central.connections.memory=much | central.connections.memory=much must be a size such as 64MB, or a part of the heap such as 33%, at most 100%
					--central.draw.unnamed=maybe | central.draw.unnamed=maybe must be connected or off
					--central.draw.unnamed= | central.draw.unnamed= must have a value, or be left out
					--central.draw.unnamed.no= | there is no setting central.draw.unnamed.no=; is it central.draw.unnamed that you mean?
					--central.store.type= | central.store.type= must have a value, or be left out
					--central.draw.timeout= | central.draw.timeout= must be a time above 0, such as 120s
					--central.store.min-free= | central.store.min-free= must be a size from 0 on, such as 64MB
					--central.connections.max-message= | central.connections.max-message= must be a size from 8KB to 256MB
					--central.draw.max-agencies=0 | central.draw.max-agencies=0 must be a whole number from 1 on
					--central.connections.per-address=0% | central.connections.per-address=0% must be a whole number from 1 on, or a part of central.connections.max from 1% to 100%
					--central.connections.per-address=101% | central.connections.per-address=101% must be a whole number from 1 on, or a part of central.connections.max from 1% to 100%
					--central.connections.per-address=1KB | central.connections.per-address=1KB must be a whole number from 1 on, or a part of central.connections.max from 1% to 100%
					--central.connections.first-message=0s | central.connections.first-message=0s must be a time above 0, such as 120s
					--central.connections.answer=-1s | central.connections.answer=-1s must be a time above 0, such as 120s
					--central.connections.batch-rate=-1 | central.connections.batch-rate=-1 must be a whole number from 0 on
					--central.connections.without-bets=0% | central.connections.without-bets=0% must be a part of the processors from 1% to 100%
					--central.connections.without-bets=1KB | central.connections.without-bets=1KB must be a part of the processors from 1% to 100%
					--central.listeners.csv.peers=10.0.1.7=1,10.0.1.7/24=2 | central.listeners.csv.peers=10.0.1.7=1,10.0.1.7/24=2 must be addresses or networks, each with the agency or the agencies that may speak from there, or without one for all, such as 10.0.1.7=1,10.0.2.0/24=2-5,fd00::/8; the bits of a network behind its mask are zeros
					--central.store.min-free=-16MB | central.store.min-free=-16MB must be a size from 0 on, such as 64MB
					--central.store.type=oracle | central.store.type=oracle must be file or postgres
					--central.store.patience=0s | central.store.patience=0s must be a time above 0, such as 120s
					--server.servlet.context-path=abc | server.servlet.context-path=abc must be a path that begins with a slash
					--management.endpoints.web.base-path=x | management.endpoints.web.base-path=x must be a path that begins with a slash
					--spring.config.location=/nonexistent | /nonexistent is not there
					--central.store.directory= | central.store.directory= must be the path of a directory
					--central.draw.timeout=9999999999999d | central.draw.timeout=863999999999913600s must be a time of at most 3153600000s
					--central.store.patience=9999999999999d | central.store.patience=863999999999913600s must be a time of at most 3153600000s
					--central.http.request=9999999999999d | central.http.request=863999999999913600s must be a time of at most 3153600000s
					--central.connections.first-message=9999999999999d | central.connections.first-message=863999999999913600s must be a time of at most 3153600000s
					--central.connections.idle=999999999999999999d | central.connections.idle=999999999999999999d must be a time such as 120s, 500ms or 2m
					--central.listeners.csv.port=12345 | central.listeners.lines.port=12345 must be another port than that of central.listeners.csv
					--management.server.port=12347 | management.server.port=12347 must be another port than that of central.listeners.csv
					""")
	void saysWhatIsWrongWithAnArgument(String argument, String reason) {
		StartFailure failure = start(argument);
		assertThat(failure.message()).isEqualTo("reason: " + reason);
		assertThatItIsForeseen(failure);
	}

	@Test
	void saysWhichDatabaseItDoesNotReachAndShowsNoPassword() {
		StartFailure failure = startOnFreePorts("--central.store.type=postgres", "--central.store.patience=1ms",
				"--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/lottery?password=secret",
				"--spring.datasource.hikari.connection-timeout=3000");
		assertThat(failure.message())
			.startsWith("reason: the store in jdbc:postgresql://127.0.0.1:1/lottery can't be opened: ")
			.contains("refused", "; see spring.datasource.url")
			.doesNotContain("secret");
		assertThat(failure.exitCode()).isEqualTo(Exit.FAILURE);
		assertThat(failure.unexpected()).isNull();
	}

	@Test
	void saysWhatSystemsThatMoveInHaveToSay() {
		StartFailure failure = start("--server.port=12345");
		assertThat(failure.message()).startsWith(
				"reason: server.port=12345 must be another port than that of central.listeners.lines; SERVER_PORT is for HTTP here")
			.contains("CENTRAL_DIALECT=<name>", "CENTRAL_HTTP_PORT");
		assertThatItIsForeseen(failure);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					central:\\n  agencies: 3\\n draw: [\\n | , line 3, column 2: while parsing a block mapping, expected <block end>
					central:\\n\\tagencies: 3\\n | , line 2, column 1: while scanning for the next token, found character
					central:\\n  agencies: 3\\n  agencies: 4\\n | , line 3, column 3: while constructing a mapping, found duplicate key agencies
					central:\\n  agencies: 010\\n | , line 2, column 13: 010: YAML reads this as another number: write its decimal digits, or put it in quotes
					central:\\n  draw:\\n    timeout: 1:40\\n | , line 3, column 14: 1:40: YAML reads
					central:\\n  draw: {winning-number: 0x10}\\n | , line 2, column 26: 0x10: YAML reads
					central:\\n  draw: {winning-number: 1_000}\\n | , line 2, column 26: 1_000: YAML reads
					central:\\n  draw: {name: 1.10}\\n | , line 2, column 16: 1.10: YAML reads
					a: &a [x, x]\\nb: &b [*a, *a]\\n | , line 2, column 8: *a: aliases are not resolved here
					a: &a {b: c}\\nb: {<<: *a}\\n | , line 2, column 9: *a: aliases are not resolved here
					central:\\n  draw:\\n    name: Jos\u00e9\\n | , line 3, column 14: this is not UTF-8
					central:\\n  draw:\\n    name: "Jos\u0001"\\n | , line 3, column 15: U+0001 does not belong in a file of settings
					""")
	void saysWhereAFileOfSettingsCantBeRead(String content, String reason) throws IOException {
		Path file = this.directory.resolve("application.yaml");
		Files.writeString(file, content.replace("\\n", "\n").replace("\\t", "\t"), StandardCharsets.ISO_8859_1);
		StartFailure failure = start("--spring.config.location=" + file);
		assertThat(failure.message()).startsWith("reason: " + file + reason).doesNotContain("\n");
		assertThatItIsForeseen(failure);
	}

	@Test
	void saysThatAFileOfSettingsIsNoFile() throws IOException {
		Path file = this.directory.resolve("application.yaml");
		assertThat(start("--spring.config.location=" + file).message()).isEqualTo("reason: " + file + " is not there");
		Files.createDirectory(file);
		assertThat(start("--spring.config.location=" + this.directory + "/").message())
			.startsWith("reason: " + file + " is a directory where a file belongs");
	}

	@ParameterizedTest
	@ValueSource(strings = { "application.yaml", "application.yml", "application.properties", "tree/central.agencies" })
	void waitsForNoFileOfSettingsThatHasNoEnd(String name) throws Exception {
		Path file = this.directory.resolve(name);
		Files.createDirectories(this.directory.resolve("tree"));
		String where = name.startsWith("tree") ? "--spring.config.import=configtree:" + this.directory.resolve("tree/")
				: "--spring.config.location=" + this.directory + "/";
		assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
		assertThatItIsRefused(where, file, ": it is a pipe or a device, and no regular file");
		Files.delete(file);
		Files.createSymbolicLink(file, Path.of("/dev/zero"));
		assertThatItIsRefused(where, file, ": it is a pipe or a device, and no regular file");
		Files.delete(file);
		Files.createSymbolicLink(file, Path.of("nowhere"));
		assertThatItIsRefused(where, file, ": it is a link to nowhere, which is not there");
		Files.delete(file);
		Files.writeString(file, "#".repeat(1024 * 1024) + "\n");
		assertThatItIsRefused(where, file, ": it has more than 1 MB");
	}

	private void assertThatItIsRefused(String where, Path file, String reason) {
		StartFailure failure = start(where);
		assertThat(failure.message()).isEqualTo("reason: " + file + reason);
		assertThatItIsForeseen(failure);
	}

	@Test
	void readsNumbersThatAreWhatTheyShow() throws IOException {
		Path file = this.directory.resolve("application.yaml");
		Files.writeString(file,
				"central:\n  agencies: '010'\n  draw:\n    name: 1.5\n    winning-number: 7\n    timeout: 0\n");
		assertThat(start("--spring.config.location=" + file).message()).contains("central.draw.timeout");
	}

	@Test
	void looksAtTheKeysOfAFileToo() throws IOException {
		Path file = this.directory.resolve("application.yaml");
		Files.writeString(file, "agencies: 3\n");
		StartFailure failure = start("--spring.config.additional-location=" + file);
		assertThat(failure.message())
			.isEqualTo("reason: there is no setting agencies=3; is it central.agencies that you mean?");
		assertThatItIsForeseen(failure);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "../../x", "a/b", "a\\b", ".", "..", ".hidden", " x", "x ", "", "a|b", "a\nb", "a\u202eb" })
	void namesADrawLikeAFile(String name) {
		StartFailure failure = start("--central.draw.name=" + name);
		assertThat(failure.message()).startsWith("reason: central.draw.name=")
			.contains(" must be a name that a file could have too")
			.doesNotContain("\n");
		assertThatItIsForeseen(failure);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', textBlock = """
			--central.listeners.[a|b].port=1; central.listeners=a¦b must be named with letters, digits, - and _
			--central.http.hosts=a.example.org:80; central.http.hosts=a.example.org:80 must be names without a port
			--central.http.request-rate=-1; central.http.request-rate=-1 must be a whole number from 0 on
			""")
	void takesNothingForANameThatLooksLikeMoreInALog(String argument, String reason) {
		StartFailure failure = start(argument);
		assertThat(failure.message()).startsWith("reason: " + reason);
		assertThatItIsForeseen(failure);
	}

	@ParameterizedTest
	@CsvSource({ "16777216B, 16MB", "16MB, 16MB", "1500B, 1500B", "2048KB, 2MB", "0B, 0B" })
	void namesASizeAsOneWouldWriteIt(String size, String shown) {
		assertThat(CentralSettings.size(DataSize.parse(size))).isEqualTo(shown);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					ssl.bundle=other | central.listeners.lines.ssl.bundle=other must be the name of a bundle, spring.ssl.bundle.pem.other; there are central
					ssl.bundle= | central.listeners.lines.ssl.bundle= must be the name of a bundle, one of spring.ssl.bundle.pem.<name>
					ssl.client-auth=must | central.listeners.lines.ssl.client-auth=must must be need, want or none
					ssl.handshake=0s | central.listeners.lines.ssl.handshake=0s must be a time above 0, such as 120s
					""")
	void saysWhatIsWrongWithTlsOfAListener(String setting, String reason, CapturedOutput output) {
		StartFailure failure = start(tls(TestCertificates.central(), "--central.listeners.lines.ssl.bundle=central",
				"--central.listeners.lines." + setting));
		assertThat(failure.message()).isEqualTo("reason: " + reason);
		assertThatItIsForeseen(failure);
		assertThat(output.getAll()).doesNotContain("action: config | result: success");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					keystore.certificate=file:nowhere.pem | nowhere.pem
					keystore.private-key= | it has no certificate with its key
					keystore.certificate=/dev/zero | keystore.certificate=/dev/zero must be a file of at most 1 MB: it is a pipe or a device
					truststore.certificate=file:/dev/zero | must be a file of at most 1 MB: it is a pipe or a device
					truststore.certificate= | it does not say whose certificates are good
					options.enabled-protocols=TLSv1.1 | options.enabled-protocols has TLSv1.1; there are TLSv1.3, TLSv1.2
					""")
	void saysWhatIsWrongWithABundle(String setting, String reason) {
		StartFailure failure = start(tls(TestCertificates.central(), "--central.listeners.lines.ssl.bundle=central",
				"--spring.ssl.bundle.pem.central." + setting));
		assertThat(failure.message()).startsWith("reason: ").contains("central", reason).doesNotContain("\n");
		assertThatItIsForeseen(failure);
	}

	@Test
	void doesNotBeginWithACertificateThatIsOver() {
		StartFailure failure = start(
				tls(TestCertificates.expiredCentral(), "--central.listeners.lines.ssl.bundle=central"));
		assertThat(failure.message()).startsWith(
				"reason: central.listeners.lines.ssl.bundle=central must be a bundle that can be used: its certificate expired on ");
		assertThatItIsForeseen(failure);
	}

	private String[] tls(Issued issued, String... more) {
		List<String> settings = new ArrayList<>(new TlsFiles(this.directory.resolve("tls")).with(issued).bundle());
		for (String setting : more) {
			settings.removeIf((other) -> other.startsWith(setting.substring(0, setting.indexOf('=') + 1)));
			settings.add(setting);
		}
		return settings.toArray(String[]::new);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					url=postgresql://me:secret@db/lottery | spring.datasource.url=postgresql://db/lottery must be the address of a PostgreSQL, jdbc:postgresql://<host>:<port>/<database>; user and password are settings of their own
					url=jdbc:mysql://db/lottery | spring.datasource.url=jdbc:mysql://db/lottery must be the address of a PostgreSQL, jdbc:postgresql://<host>:<port>/<database>; user and password are settings of their own
					hikari.maximum-pool-size=0 | spring.datasource.hikari.maximum-pool-size=0 must be a whole number from 4 to 999999
					hikari.maximum-pool-size=many | spring.datasource.hikari.maximum-pool-size=many must be a whole number from 4 to 999999
					hikari.connection-timeout=1 | spring.datasource.hikari.connection-timeout=1 can't be used: connectionTimeout cannot be less than 250ms
					""")
	void saysWhatIsWrongWithADatabase(String setting, String reason) {
		StartFailure failure = startOnFreePorts("--central.store.type=postgres", "--spring.datasource." + setting);
		assertThat(failure.message()).isEqualTo("reason: " + reason);
		assertThatItIsForeseen(failure);
	}

	@Test
	void saysThatThereIsNoPlaceForTemporaryFiles() {
		StartFailure failure = StartFailure.of(new IllegalStateException("Unable to start web server",
				new WebServerException("Unable to create tempDir. java.io.tmpdir is set to /nowhere", null)));
		assertThat(failure.message()).startsWith("reason: java.io.tmpdir=").contains("-Djava.io.tmpdir=<directory>");
		assertThat(failure.exitCode()).isEqualTo(2);
		assertThat(failure.unexpected()).isNull();
	}

	@Test
	void namesThePortThatIsTakenByItsOwnSetting() throws IOException {
		try (ServerSocket taken = new ServerSocket(0)) {
			int port = taken.getLocalPort();
			assertThat(startOnFreePorts("--server.port=" + port).message())
				.isEqualTo("reason: server.port=" + port + " is taken; free it, or set another");
			assertThat(startOnFreePorts("--server.port=0", "--management.server.port=" + port).message())
				.isEqualTo("reason: management.server.port=" + port + " is taken; free it, or set another");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			address=9.9.9.9 | address and .port can't be used: Cannot assign requested address
			ssl.bundle=nope | ssl.bundle=nope must be the name of a bundle, spring.ssl.bundle.pem.nope
			""")
	void saysWhatIsWrongWithAServer(String setting, String reason) {
		for (String server : List.of("server.", "management.server.")) {
			StartFailure failure = startOnFreePorts("--server.port=0", "--management.server.port=0",
					"--" + server + setting);
			assertThat(failure.message()).isEqualTo("reason: " + server + reason);
			assertThat(failure.exitCode()).isEqualTo(2);
			assertThat(failure.unexpected()).isNull();
		}
	}

	/** The first one says that a bean could not be made. */
	@Test
	void saysTheInnermostCauseOfWhatIsNotForeseen() {
		StartFailure failure = StartFailure.of(new IllegalStateException("a bean",
				new IllegalStateException("a factory", new IOException("the cause"))));
		assertThat(failure.message()).isEqualTo("reason: IOException: the cause");
		assertThat(failure.exitCode()).isOne();
	}

	/** For what is found out when the ports are bound. */
	private StartFailure startOnFreePorts(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		Dialects.all().forEach((dialect) -> all.add("--central.listeners." + dialect.name() + ".port=0"));
		return start(all.toArray(String[]::new));
	}

	private StartFailure start(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		if (all.stream().noneMatch((argument) -> argument.startsWith("--central.store.directory="))) {
			all.add("--central.store.directory=" + this.directory.resolve("store"));
		}
		return StartFailure
			.of(catchRuntimeException(() -> CentralApplication.application().run(all.toArray(String[]::new))));
	}

	private void assertThatItIsForeseen(StartFailure failure) {
		assertThat(failure.exitCode()).isEqualTo(2);
		assertThat(failure.unexpected()).isNull();
		assertThat(this.directory.resolve("store")).doesNotExist();
	}

}
