package loteria.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import loteria.bench.load.Certificates;
import loteria.bench.load.DialectWire;
import loteria.bench.load.TlsWire;
import loteria.bench.load.Wire;
import loteria.protocol.Dialect;
import loteria.protocol.Dialects;
import org.jspecify.annotations.Nullable;

/**
 * The central, as its jar is: one listener of one dialect, everything else as it comes.
 *
 * @param jvm options of Java itself
 * @param certificates for mutual TLS, or null without
 */
public record Central(String name, Path jar, List<String> jvm, Dialect dialect,
		@Nullable Certificates certificates) implements Subject {

	/** As the images and {@code make run} start it: ready for work at once. */
	public static final List<String> AS_IT_COMES = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
			"-XX:MetaspaceSize=128m", "-XX:ReservedCodeCacheSize=240m");

	/** More connections than any load has. */
	private static final int CONNECTIONS = 6000;

	private static final String STORE = "store";

	public Central {
		jar = jar.toAbsolutePath();
	}

	public Central(String name, Path jar, List<String> jvm, Dialect dialect) {
		this(name, jar, jvm, dialect, null);
	}

	public Central speaking(Dialect other) {
		return new Central(this.name, this.jar, this.jvm, other, this.certificates);
	}

	/** Another one that has these options of Java, too, and says so. */
	public Central with(String option) {
		List<String> options = new ArrayList<>(this.jvm);
		options.add(option);
		return new Central(this.name + " " + option, this.jar, List.copyOf(options), this.dialect, this.certificates);
	}

	/**
	 * As Java would have it unless told: slower for its first minute, faster behind it.
	 */
	public Central thorough() {
		return new Central(this.name + ", Java's own options", this.jar, List.of(), this.dialect, this.certificates);
	}

	/** Another one that is spoken to by mutual TLS, and says so. */
	public Central by(Certificates tls) {
		return new Central(this.name + ", TLS", this.jar, this.jvm, this.dialect, tls);
	}

	/**
	 * @throws NoSuchFileException if there is no jar
	 */
	public void requireJar() throws NoSuchFileException {
		if (!Files.isRegularFile(this.jar)) {
			throw new NoSuchFileException(this.jar.toString(), null, "no such jar: make build writes central.jar");
		}
	}

	@Override
	public Wire wire() {
		Wire wire = new DialectWire(this.dialect);
		return (this.certificates == null) ? wire : new TlsWire(wire, this.certificates);
	}

	@Override
	public Running start(Workplace workplace) throws IOException {
		return start(workplace, workplace.directory("central"), 1);
	}

	/**
	 * @param agencies how many must finish before the draw
	 */
	public Running start(Workplace workplace, int agencies) throws IOException {
		return start(workplace, workplace.directory("central"), agencies);
	}

	/** Stops it in order and starts it again with what it has stored. */
	public Running restart(Workplace workplace, Running running, int agencies) throws IOException {
		running.stop();
		return start(workplace, running.directory(), agencies);
	}

	/**
	 * @param database that it shares with others, as it is told
	 */
	Running start(Workplace workplace, String database) throws IOException {
		return start(workplace, workplace.directory("central"), 1, "--central.store.type=postgres",
				"--spring.datasource.url=" + database);
	}

	private Running start(Workplace workplace, Path directory, int agencies, String... more) throws IOException {
		int port = Running.freePort();
		List<String> command = new ArrayList<>(List.of(java()));
		command.addAll(this.jvm);
		command.addAll(List.of("-jar", this.jar.toString()));
		for (Dialect other : Dialects.all()) {
			boolean spoken = other.equals(this.dialect);
			command.add("--central.listeners." + other.name() + ".enabled=" + spoken);
		}
		command.add("--central.listeners." + this.dialect.name() + ".port=" + port);
		command.add("--central.listeners." + this.dialect.name() + ".address=127.0.0.1");
		if (this.certificates != null) {
			command.addAll(this.certificates.central(directory, this.dialect.name()));
		}
		command.add("--central.store.directory=" + directory.resolve(STORE));
		command.add("--central.connections.max=" + CONNECTIONS);
		command.add("--central.agencies=" + agencies);
		command.add("--server.address=127.0.0.1");
		command.add("--server.port=0");
		command.addAll(List.of(more));
		return Running.await(workplace.start(directory, command), directory, port);
	}

	static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

}
