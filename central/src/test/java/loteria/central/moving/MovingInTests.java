package loteria.central.moving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import loteria.central.settings.CentralSettings.InvalidSettingException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class MovingInTests {

	private static final String VARIABLES = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

	private static final String INI = """
			[DEFAULT]
			SERVER_PORT = 12345
			SERVER_IP = server
			SERVER_LISTEN_BACKLOG = 5
			LOGGING_LEVEL = INFO
			""";

	@TempDir
	private Path root;

	private final SpringApplication application = new SpringApplication();

	@BeforeEach
	void forgetTheFrameworksOwn() {
		this.application.setInitializers(List.of());
	}

	/** What each of the five has, file and variables. */
	@ParameterizedTest
	@CsvSource({ "lines, config.ini, CLI_CLIENTS", "fixed, config.ini,", "csv, config.ini, AGENCIES",
			"packets, config.ini, AGENCIES_AMOUNT", "tlv, app/config.ini," })
	void listensForOneDialectWhereItsCentralDid(String dialect, String place, String agencies) throws IOException {
		write(place, INI);
		Map<String, Object> variables = variables(dialect);
		if (agencies != null) {
			variables.put(agencies, "3");
		}
		StandardEnvironment environment = movedIn(variables);
		for (String name : new String[] { "lines", "fixed", "csv", "packets", "tlv" }) {
			assertThat(environment.getProperty("central.listeners." + name + ".enabled"))
				.isEqualTo(String.valueOf(name.equals(dialect)));
		}
		assertThat(environment.getProperty("central.listeners." + dialect + ".port")).isEqualTo("12345");
		assertThat(environment.getProperty("central.listeners." + dialect + ".backlog")).isEqualTo("5");
		assertThat(environment.getProperty("logging.level.loteria")).isEqualTo("INFO");
		assertThat(environment.getProperty("central.agencies")).isEqualTo((agencies != null) ? "3" : null);
		assertThat(environment.getProperty("server.port")).isNull();
	}

	@Test
	void doesNothingWhereNoDialectIsNamed() {
		StandardEnvironment environment = movedIn(new HashMap<>(Map.of("SERVER_PORT", "12345", "AGENCIES", "3")));
		assertThat(environment.getProperty("server.port")).isEqualTo("12345");
		assertThat(environment.getProperty("central.agencies")).isNull();
		assertThat(this.application.getInitializers()).isEmpty();
	}

	@Test
	void heedsAVariableBeforeTheFileAndOurOwnBeforeBoth() throws IOException {
		write("config.ini", INI);
		Map<String, Object> variables = variables("csv");
		variables.putAll(
				Map.of("SERVER_PORT", "4000", "AGENCIES", "3", "CENTRAL_AGENCIES", "1-4", "CENTRAL_HTTP_PORT", "4001"));
		StandardEnvironment environment = movedIn(variables);
		assertThat(environment.getProperty("central.listeners.csv.port")).isEqualTo("4000");
		assertThat(environment.getProperty("central.agencies")).isEqualTo("1-4");
		assertThat(environment.getProperty("server.port")).isEqualTo("4001");
	}

	@Test
	void listensWhereAllFiveDoIfNothingIsSaid() {
		assertThat(movedIn(variables("tlv")).getProperty("central.listeners.tlv.port")).isEqualTo("12345");
	}

	/** In a container ours has made the file there; it may also be mounted. */
	@ParameterizedTest
	@CsvSource({ "lines, bets.csv", "fixed, bets.csv", "csv, bets.csv", "tlv, app/bets.csv" })
	void copiesTheBetsToWhereTheFormerCentralHadThem(String dialect, String place, CapturedOutput output)
			throws IOException {
		write(place, "");
		movedIn(variables(dialect));
		initialize();
		assertThat(output.getAll()).contains(" | bets_csv: " + this.root.resolve(place) + "\n");
	}

	@Test
	void namesWhatIsHeededAndWhatHasNoEffect(CapturedOutput output) throws IOException {
		write("config.ini", INI + "max_batch_size: 8192\nPACKET_SIZE=1\n# ACK_SIZE=2\nMORE=3\n\n[OTHER]\nAGENCIES=9\n");
		Map<String, Object> variables = variables("fixed");
		variables.put("ACK_SIZE", "9");
		assertThat(movedIn(variables).getProperty("central.agencies")).isNull();
		initialize();
		assertThat(output.getAll()).contains("action: config | result: success | dialect: fixed | config_ini: "
				+ this.root.resolve("config.ini") + " | bets_csv: " + Path.of("bets.csv").toAbsolutePath()
				+ " | logging_level: INFO | server_listen_backlog: 5 | server_port: 12345 | without_effect: MORE,ACK_SIZE,MAX_BATCH_SIZE,PACKET_SIZE,SERVER_IP");
	}

	@Test
	void keepsTheStoreWhereSeveralCentralsFindTheSame() throws IOException {
		assertThat(movedIn(variables("packets")).getProperty("central.store.directory")).isNull();
		Path shared = Files.createDirectory(this.root.resolve("shared-volume"));
		assertThat(movedIn(variables("packets")).getProperty("central.store.directory"))
			.isEqualTo(shared.resolve("store").toString());
		assertThat(movedIn(variables("csv")).getProperty("central.store.directory")).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			CENTRAL_DIALECT   | smoke | CENTRAL_DIALECT=smoke must be one of lines, fixed, csv, packets, tlv
			SERVER_PORT       | x     | SERVER_PORT=x must be a whole number from 1 to 65535
			CENTRAL_HTTP_PORT | 70000 | CENTRAL_HTTP_PORT=70000 must be a whole number from 1 to 65535
			AGENCIES          | 0     | AGENCIES=0 must be a whole number from 1 to 2147483647
			LOGGING_LEVEL     | LOUD  | LOGGING_LEVEL=LOUD must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL
			""")
	void refusesAnImpossibleVariable(String name, String value, String message) {
		Map<String, Object> variables = variables("lines");
		variables.put(name, value);
		movedIn(variables);
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(this::initialize).withMessage(message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			[DEFAULT]\\nSERVER_PORT = x       | SERVER_PORT in <file>=x must be a whole number from 1 to 65535
			[DEFAULT]\\n\\nSERVER_PORT 12345  | <file>, line 3=SERVER_PORT 12345 must be KEY = value
			SERVER_PORT = 12345               | <file>, line 1=SERVER_PORT = 12345 must be in the section [DEFAULT]
			""")
	void refusesAFileThatCantBeMeant(String content, String message) throws IOException {
		Path file = write("config.ini", content.replace("\\n", "\n"));
		movedIn(variables("lines"));
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(this::initialize)
			.withMessage(message.replace("<file>", file.toString()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/dev/zero", "nowhere" })
	void waitsForNoConfigIniThatHasNoEnd(String target) throws IOException {
		Path file = Files.createSymbolicLink(this.root.resolve("config.ini"), Path.of(target));
		movedIn(variables("fixed"));
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(this::initialize)
			.withMessageStartingWith(file + "=it is a ");
	}

	@Test
	void refusesADirectoryInPlaceOfTheFile() throws IOException {
		Path file = Files.createDirectory(this.root.resolve("config.ini"));
		movedIn(variables("lines"));
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(this::initialize)
			.withMessage(file + "=a directory must be a file that this user may read");
	}

	private Path write(String place, String content) throws IOException {
		Path file = this.root.resolve(place);
		Files.createDirectories(file.getParent());
		return Files.writeString(file, content);
	}

	private static Map<String, Object> variables(String dialect) {
		return new HashMap<>(Map.of("CENTRAL_DIALECT", dialect));
	}

	private StandardEnvironment movedIn(Map<String, Object> variables) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().replace(VARIABLES, new SystemEnvironmentPropertySource(VARIABLES, variables));
		new MovingIn(this.root).postProcessEnvironment(environment, this.application);
		return environment;
	}

	/** As the start does it, when there is a log. */
	private void initialize() {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			context.getEnvironment()
				.getPropertySources()
				.addLast(new MapPropertySource("defaults",
						Map.of("central.store.directory", "store", "central.store.min-free", "0B")));
			for (ApplicationContextInitializer<?> initializer : this.application.getInitializers()) {
				initialize(initializer, context);
			}
		}
	}

	@SuppressWarnings("unchecked")
	private static void initialize(ApplicationContextInitializer<?> initializer,
			ConfigurableApplicationContext context) {
		((ApplicationContextInitializer<ConfigurableApplicationContext>) initializer).initialize(context);
	}

}
