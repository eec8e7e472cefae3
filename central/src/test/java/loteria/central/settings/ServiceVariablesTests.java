package loteria.central.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ServiceVariablesTests {

	private static final String SOURCE = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

	@Test
	void ignoresByNameWhatKubernetesSaysOfAService(CapturedOutput output) {
		StandardEnvironment environment = clean(Map.of("SERVER_PORT", "tcp://10.0.0.7:12345", "MANAGEMENT_SERVER_PORT",
				"tcp://10.0.0.8:1", "CENTRAL_PORT", "tcp://10.0.0.9:1", "CENTRAL_AGENCIES", "3"));
		assertThat(environment.getProperty("server.port")).isEqualTo("8080");
		assertThat(environment.getProperty("management.server.port")).isNull();
		assertThat(environment.getProperty("central.agencies")).isEqualTo("3");
		assertThat(IgnoredVariables.in(environment)).isEmpty();
		assertThat(output.getAll().lines().filter((line) -> line.contains("action: config"))).hasSize(2)
			.anyMatch((line) -> line.contains("key: SERVER_PORT | reason: ignored, tcp://10.0.0.7:12345"))
			.anyMatch((line) -> line.contains("key: MANAGEMENT_SERVER_PORT | reason: ignored, tcp://10.0.0.8:1"));
	}

	@Test
	void leavesEverythingElseToBeUsedOrRefused() {
		StandardEnvironment environment = clean(Map.of("SERVER_PORT", "tcp://10.0.0.7"));
		assertThat(environment.getProperty("server.port")).isEqualTo("tcp://10.0.0.7");
	}

	@Test
	void namesVariablesThatAreNoSettingAndNoneOfAListener() {
		Map<String, Object> variables = new HashMap<>(
				Map.of("CENTRAL_AGENCYS", "3", "CENTRAL_LISTENERS_LINES_COLOR", "red"));
		for (String key : List.of("PORT", "SSL_BUNDLE", "SSL_CLIENTAUTH", "SSL_CLIENT_AUTH", "SSL_HANDSHAKE", "PEERS",
				"PEERS_0", "BACKLOG")) {
			variables.put("CENTRAL_LISTENERS_MY_LINES_" + key, "1");
		}
		assertThat(IgnoredVariables.in(clean(variables))).containsExactly("CENTRAL_AGENCYS",
				"CENTRAL_LISTENERS_LINES_COLOR");
	}

	private static StandardEnvironment clean(Map<String, Object> variables) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(SOURCE, new SystemEnvironmentPropertySource(SOURCE, new HashMap<>(variables)));
		environment.getPropertySources()
			.addLast(new MapPropertySource("defaults", new HashMap<>(KnownSettings.defaults())));
		new ServiceVariables().read(environment).run();
		return environment;
	}

}
