package loteria.central;

import java.util.List;
import java.util.Locale;

import com.zaxxer.hikari.HikariDataSource;
import loteria.central.Preflight.UnknownSettingException;
import loteria.central.settings.CentralSettings.InvalidSettingException;
import loteria.central.settings.Connections;
import loteria.central.settings.KnownSettings;
import loteria.central.settings.Portion;
import loteria.central.settings.SettingsFiles.UnusableFileException;
import loteria.central.store.StoreFailure;
import loteria.central.tcp.BoundPorts.UnboundPortException;
import loteria.process.SystemText;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerException;

/**
 * Why the central did not start, and how to mend that.
 *
 * @param action what failed, as the log names it
 * @param message one line
 * @param unexpected what to print a stack trace of, if it was not foreseen
 */
record StartFailure(int exitCode, String action, String message, @Nullable Throwable unexpected) {

	private static final String REASON = "reason: ";

	private static final String SETTINGS = "config";

	private static final String TEMPORARY = "java.io.tmpdir";

	private static final String STORE = "store_recovery";

	private static final String LISTENERS = "accept_connections";

	static StartFailure of(Throwable failure) {
		String binding = null;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			switch (cause) {
				case InvalidSettingException invalid -> {
					return expected(Exit.UNUSABLE, "reason: " + invalid.getMessage());
				}
				case UnknownSettingException unknown -> {
					return expected(Exit.UNUSABLE, "reason: " + unknown.getMessage());
				}
				case UnusableFileException file -> {
					return expected(Exit.UNUSABLE, "reason: " + file.getMessage());
				}
				case UnboundConfigurationPropertiesException unbound -> {
					return expected(Exit.UNUSABLE, describe(unbound.getUnboundProperties().iterator().next()));
				}
				case BindException bind -> binding = describe(bind);
				case StoreFailure store -> {
					return new StartFailure(Exit.of(store), STORE, "reason: " + store.getMessage(), null);
				}
				case UnboundPortException port -> {
					return new StartFailure(Exit.FAILURE, LISTENERS, String.valueOf(port.getMessage()), null);
				}
				case PortInUseException port -> {
					return expected(Exit.FAILURE, "reason: " + server(failure) + ".port=" + port.getPort()
							+ " is taken; free it, or set another");
				}
				case java.net.BindException bind -> {
					return expected(Exit.UNUSABLE,
							"reason: " + server(failure) + ".address and .port can't be used: " + bind.getMessage());
				}
				case NoSuchSslBundleException bundle -> {
					return expected(Exit.UNUSABLE,
							"reason: " + server(failure) + ".ssl.bundle=" + bundle.getBundleName()
									+ " must be the name of a bundle, spring.ssl.bundle.pem." + bundle.getBundleName());
				}
				case WebServerException web when String.valueOf(web.getMessage()).contains(TEMPORARY) -> {
					return expected(Exit.UNUSABLE, "reason: " + TEMPORARY + "=" + System.getProperty(TEMPORARY)
							+ " must be a directory that can be written to; make it, or name another with JAVA_TOOL_OPTIONS=-D"
							+ TEMPORARY + "=<directory>");
				}
				default -> {
				}
			}
		}
		return (binding != null) ? expected(Exit.UNUSABLE, binding) : unexpected(failure);
	}

	private static StartFailure unexpected(Throwable failure) {
		Throwable cause = innermost(failure);
		return new StartFailure(Exit.FAILURE, SETTINGS,
				"reason: " + cause.getClass().getSimpleName() + ": " + cause.getMessage(), failure);
	}

	/** The log's line; what is quoted in a reason must not look like another part. */
	String line() {
		return "action: " + this.action + " | result: fail | "
				+ (this.message.startsWith(REASON) ? this.message.replace('|', '¦') : this.message);
	}

	private static StartFailure expected(int exitCode, String message) {
		return new StartFailure(exitCode, SETTINGS, message, null);
	}

	/** Where a known setting is empty, there is nothing to bind either. */
	private static String describe(ConfigurationProperty unbound) {
		String name = unbound.getName().toString();
		if ("".equals(unbound.getValue()) && KnownSettings.unknown(List.of(name)).isEmpty()) {
			return "reason: " + name + "= must have a value, or be left out";
		}
		return "reason: " + new UnknownSettingException(name, unbound.getValue()).getMessage();
	}

	private static String describe(BindException bind) {
		ConfigurationProperty property = bind.getProperty();
		if (property == null) {
			return "reason: " + bind.getName() + " can't be used: " + innermost(bind).getMessage();
		}
		// what the setting is for has refused it, and says why
		if (bind.getTarget().getType().toClass() == HikariDataSource.class) {
			return String.format(Locale.ROOT, "reason: %s=%s can't be used: %s", property.getName(),
					property.getValue(), innermost(bind).getMessage());
		}
		return String.format(Locale.ROOT, "reason: %s=%s must be %s", property.getName(), property.getValue(),
				allowed(bind));
	}

	/** What the settings of the server that failed begin with. */
	private static String server(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (String.valueOf(cause.getMessage()).contains("'childManagementContextInitializer'")) {
				return "management.server";
			}
		}
		return "server";
	}

	private static Throwable innermost(Throwable failure) {
		Throwable innermost = failure;
		while (innermost.getCause() != null) {
			innermost = innermost.getCause();
		}
		return innermost;
	}

	private static String allowed(BindException bind) {
		Class<?> type = bind.getTarget().getType().toClass();
		return switch (type.getSimpleName()) {
			case "int", "Integer", "long", "Long" -> "a whole number";
			case "boolean", "Boolean" -> "true or false";
			case "Details" -> "one of loopback, all, none";
			case "StoreType" -> "file or postgres";
			case "Duration" -> "a time such as 120s, 500ms or 2m";
			case "Path" -> SystemText.pathRule();
			case "DataSize" -> "a size such as 64MB";
			case "ClientAuth" -> "need, want or none";
			case "Portion" -> switch (bind.getName().toString()) {
				case Connections.PER_ADDRESS -> Connections.OF_CONNECTIONS;
				case Connections.WITHOUT_BETS -> Connections.OF_PROCESSORS;
				default -> "a size such as 64MB, or a part of the heap such as 33%, at most 100%";
			};
			case "Unnamed" -> "connected or off";
			case "InetAddress" -> "an address or a name of this machine";
			case String other -> "a " + other;
		};
	}

}
