package loteria.central.http;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

import loteria.process.FileProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Leaves in the directory of temporary files where this process tells its readiness, for
 * checks that would have to guess it from settings: host, port and path in one line of
 * {@code central-<process>.http}, as long as it runs.
 */
@Component
final class HealthAddress implements DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(HealthAddress.class);

	private static final String MANAGEMENT = "management";

	private final Path file = Path.of(System.getProperty("java.io.tmpdir"),
			"central-" + ProcessHandle.current().pid() + ".http");

	private final Environment environment;

	HealthAddress(Environment environment) {
		this.environment = environment;
	}

	@EventListener
	void listens(WebServerInitializedEvent event) {
		boolean own = MANAGEMENT.equals(event.getApplicationContext().getServerNamespace());
		if (own == (ManagementPortType.get(this.environment) == ManagementPortType.DIFFERENT)) {
			leave(host(own ? "management.server.address" : "server.address") + " " + event.getWebServer().getPort()
					+ " " + path(own));
		}
	}

	private String host(String key) {
		InetAddress address = Binder.get(this.environment)
			.bind(key, InetAddress.class)
			.orElseGet(InetAddress::getLoopbackAddress);
		return (address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address).getHostAddress();
	}

	private String path(boolean own) {
		String context = own ? property("management.server.base-path", "")
				: property("server.servlet.context-path", "") + property("spring.mvc.servlet.path", "");
		String path = context + property("management.endpoints.web.base-path", "/actuator") + "/"
				+ property("management.endpoints.web.path-mapping.health", "health") + "/readiness";
		return path.replaceAll("/+", "/");
	}

	private String property(String key, String standard) {
		return this.environment.getProperty(key, standard);
	}

	private void leave(String where) {
		try {
			// checks may be another user's
			Path next = this.file.resolveSibling(this.file.getFileName() + ".next");
			Files.deleteIfExists(next);
			Files.writeString(next, where + "\n", StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
			Files.move(next, this.file, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			log.warn("action: health_address | result: fail | file: {} | reason: {}", this.file, FileProblem.of(ex));
		}
	}

	@Override
	public void destroy() throws IOException {
		Files.deleteIfExists(this.file);
	}

}
