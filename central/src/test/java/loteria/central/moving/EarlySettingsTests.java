package loteria.central.moving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import loteria.central.settings.Listener;
import loteria.protocol.Dialects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EarlySettingsTests {

	private static final String[] NONE = {};

	@TempDir
	private Path root;

	@Test
	void listensWhereTheFormerCentralDid() {
		EarlySettings early = of(Map.of("SERVER_PORT", "3000", "SERVER_LISTEN_BACKLOG", "5")).orElseThrow();
		assertThat(early.dialect()).isEqualTo("csv");
		assertThat(early.listener().port()).isEqualTo(3000);
		assertThat(early.listener().backlog()).isEqualTo(5);
		assertThat(early.store()).isEqualTo(Path.of("store"));
	}

	@Test
	void listensOnTheUsualPortWhereNothingIsSaid() {
		Listener listener = of(Map.of("CENTRAL_AGENCIES", "3", "LOGGING_LEVEL", "DEBUG")).orElseThrow().listener();
		assertThat(listener.port()).isEqualTo(12345);
		assertThat(listener.backlog()).isEqualTo(Listener.BACKLOG);
		assertThat(listener.address()).isNull();
	}

	@Test
	void readsTheFileAndFindsTheStoreThatReplicasShare() throws IOException {
		Files.writeString(this.root.resolve("config.ini"), "[DEFAULT]\nSERVER_PORT = 4000\n");
		Files.createDirectory(this.root.resolve("shared-volume"));
		EarlySettings early = EarlySettings.of(Dialects.named("packets").orElseThrow(), Map.of(), this.root);
		assertThat(early.listener().port()).isEqualTo(4000);
		assertThat(early.store()).isEqualTo(this.root.resolve("shared-volume").resolve("store"));
	}

	/** Where the framework may come to another answer, or has something to say. */
	@ParameterizedTest
	@CsvSource({ "CENTRAL_LISTENERS_CSV_PORT, 3000", "central.listeners.csv.address, 127.0.0.1",
			"central_listeners_csv_enabled, false", "CENTRAL_STORE_TYPE, postgres", "CENTRAL_STORE_DIRECTORY, here",
			"SPRING_APPLICATION_JSON, {}", "SPRING_PROFILES_ACTIVE, other", "LOGGING_FORMAT, json",
			"LOGGING_PATTERN_CONSOLE, %m", "SERVER_PORT, tcp://10.0.0.7:12345", "SERVER_PORT, many" })
	void waitsForTheFrameworkWhereAnythingElseMayHaveAWord(String name, String value) {
		assertThat(of(Map.of(name, value))).isEmpty();
	}

	@Test
	void waitsForTheFrameworkWhereThereAreArguments() {
		assertThat(EarlySettings.of(new String[] { "--central.agencies=3" }, Map.of("CENTRAL_DIALECT", "csv")))
			.isEmpty();
	}

	@Test
	void hasNothingToSayOfACentralOfItsOwn() {
		assertThat(EarlySettings.of(NONE, Map.of("SERVER_PORT", "3000"))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "application.yaml, true", "application-test.properties, true", "config.ini, false" })
	void seesFilesOfSettings(String file, boolean seen) throws IOException {
		Files.createFile(this.root.resolve(file));
		assertThat(EarlySettings.hasFiles(this.root)).isEqualTo(seen);
	}

	private static Optional<EarlySettings> of(Map<String, String> variables) {
		Map<String, String> all = new HashMap<>(variables);
		all.put("CENTRAL_DIALECT", "csv");
		return EarlySettings.of(NONE, all);
	}

}
