package loteria.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * Three PostgreSQL that Patroni keeps in strict synchronous mode, with etcd to agree by
 * and HAProxy to find the primary by, all of this machine's packages.
 */
final class Patroni implements AutoCloseable {

	private static final int NODES = 3;

	/** Patroni and PostgreSQL refuse to run as root; Debian's package has this user. */
	private static final String USER = "postgres";

	private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

	private final Path directory;

	private final Path binaries;

	private final int etcdPort;

	private final int peerPort;

	private final int proxyPort;

	private final List<Integer> restPorts;

	private final List<Integer> ports;

	private final List<Process> nodes = new ArrayList<>();

	private final List<Process> others = new ArrayList<>();

	private Patroni(Path directory, Path binaries) throws IOException {
		this.directory = Files.createDirectories(directory);
		this.binaries = binaries;
		List<Integer> free = Lottery.freePorts(3 + 2 * NODES);
		this.etcdPort = free.removeFirst();
		this.proxyPort = free.removeFirst();
		this.peerPort = free.removeFirst();
		this.restPorts = free.subList(0, NODES);
		this.ports = free.subList(NODES, 2 * NODES);
	}

	private void launch() throws IOException, InterruptedException {
		own(this.directory);
		String etcd = "http://127.0.0.1:" + this.etcdPort;
		this.others.add(start("etcd", "etcd", "--data-dir=" + this.directory.resolve("etcd-data"),
				"--listen-client-urls=" + etcd, "--advertise-client-urls=" + etcd,
				"--listen-peer-urls=http://127.0.0.1:" + this.peerPort));
		Awaitility.await("etcd").atMost(Lottery.LIMIT).until(() -> Http.status(this.etcdPort, "/health") == 200);
		for (int node = 0; node < NODES; node++) {
			Files.writeString(this.directory.resolve("node-" + node + ".yml"), configuration(node));
			this.nodes.add(startNode(node));
		}
		Path proxy = Files.writeString(this.directory.resolve("haproxy.cfg"), proxy());
		this.others.add(start("haproxy", "haproxy", "-db", "-f", proxy.toString()));
		awaitLeader();
	}

	/** What this machine lacks for it, by the names of Debian's packages. */
	static List<String> missing() {
		List<String> missing = new ArrayList<>();
		for (String program : List.of("patroni", "etcd", "haproxy", "setpriv")) {
			if (Stream.of("/usr/bin/", "/usr/sbin/", "/usr/local/bin/")
				.noneMatch((place) -> Files.isExecutable(Path.of(place + program)))) {
				missing.add(program.equals("etcd") ? "etcd-server" : program);
			}
		}
		if (binaries().isEmpty()) {
			missing.add("postgresql");
		}
		return missing;
	}

	static Patroni start(Path directory) throws IOException, InterruptedException {
		Patroni cluster = new Patroni(directory, binaries().orElseThrow());
		try {
			cluster.launch();
			return cluster;
		}
		catch (IOException | InterruptedException | RuntimeException ex) {
			cluster.close();
			throw ex;
		}
	}

	private static Optional<Path> binaries() {
		if (!Files.isDirectory(DEBIAN)) {
			return Optional.empty();
		}
		try (DirectoryStream<Path> versions = Files.newDirectoryStream(DEBIAN)) {
			List<Path> all = new ArrayList<>();
			versions.forEach((version) -> all.add(version.resolve("bin")));
			return all.stream().filter((bin) -> Files.isExecutable(bin.resolve("initdb"))).findFirst();
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	private static boolean isRoot() {
		return System.getProperty("user.name").equals("root");
	}

	private static void own(Path directory) throws IOException {
		if (isRoot()) {
			UserPrincipal user = directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER);
			Files.setOwner(directory, user);
			// a temporary directory lets nobody else in
			for (Path path = directory.getParent(); path.startsWith(System.getProperty("java.io.tmpdir"))
					&& path.getNameCount() > 1; path = path.getParent()) {
				new ProcessBuilder("chmod", "a+x", path.toString()).start().onExit().join();
			}
		}
	}

	private Process start(String name, String... command) throws IOException {
		List<String> all = new ArrayList<>();
		if (isRoot()) {
			all.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
		}
		all.addAll(List.of(command));
		return new ProcessBuilder(all).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.directory.resolve(name + ".log").toFile()))
			.start();
	}

	private Process startNode(int node) throws IOException {
		return start("node-" + node, "patroni", this.directory.resolve("node-" + node + ".yml").toString());
	}

	private String configuration(int node) {
		return String.format(Locale.ROOT,
				"""
						scope: lottery
						name: node%d
						restapi: {listen: "127.0.0.1:%d", connect_address: "127.0.0.1:%d"}
						etcd3: {hosts: ["127.0.0.1:%d"]}
						bootstrap:
						  dcs:
						    ttl: 20
						    loop_wait: 2
						    retry_timeout: 5
						    maximum_lag_on_failover: 0
						    synchronous_mode: true
						    synchronous_mode_strict: true
						    synchronous_node_count: 1
						    postgresql:
						      use_pg_rewind: true
						      parameters: {synchronous_commit: "on", fsync: "on", wal_log_hints: "on", max_connections: 200}
						  initdb: [{encoding: UTF8}, {locale: C.UTF-8}, data-checksums]
						  pg_hba: ["local all all trust", "host all all 127.0.0.1/32 trust", "host replication all 127.0.0.1/32 trust"]
						postgresql:
						  listen: "127.0.0.1:%d"
						  connect_address: "127.0.0.1:%d"
						  data_dir: %s
						  bin_dir: %s
						  pgpass: %s
						  authentication:
						    superuser: {username: postgres}
						    replication: {username: replicator}
						    rewind: {username: rewinder}
						  parameters: {unix_socket_directories: %s}
						""",
				node, this.restPorts.get(node), this.restPorts.get(node), this.etcdPort, this.ports.get(node),
				this.ports.get(node), data(node), this.binaries, this.directory.resolve("pgpass-" + node),
				this.directory);
	}

	private Path data(int node) {
		return this.directory.resolve("data-" + node);
	}

	private String proxy() {
		StringBuilder text = new StringBuilder(String.format(Locale.ROOT, """
				defaults
				  mode tcp
				  timeout connect 3s
				  timeout client 1h
				  timeout server 1h
				listen postgres
				  bind 127.0.0.1:%d
				  option httpchk GET /primary
				  http-check expect status 200
				  default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
				""", this.proxyPort));
		for (int node = 0; node < NODES; node++) {
			text.append(String.format(Locale.ROOT, "  server node%d 127.0.0.1:%d check port %d%n", node,
					this.ports.get(node), this.restPorts.get(node)));
		}
		return text.toString();
	}

	/** Waits until one leads, and a standby has all that it has. */
	int awaitLeader() throws InterruptedException {
		Awaitility.await("a leader")
			.atMost(Duration.ofMinutes(3))
			.until(() -> leader() >= 0 && status("/synchronous") >= 0);
		return leader();
	}

	/** -1 if there is none. */
	private int leader() throws InterruptedException {
		return status("/primary");
	}

	private int status(String role) throws InterruptedException {
		for (int node = 0; node < NODES; node++) {
			if (Http.status(this.restPorts.get(node), role) == 200) {
				return node;
			}
		}
		return -1;
	}

	/** As when its machine is gone; it comes back when another one leads. */
	void killLeader() throws Exception {
		int leader = awaitLeader();
		List<String> pid = Files.readAllLines(data(leader).resolve("postmaster.pid"), StandardCharsets.UTF_8);
		this.nodes.get(leader).destroyForcibly().waitFor();
		new ProcessBuilder("kill", "-QUIT", pid.getFirst().strip()).start().waitFor();
		Awaitility.await("another leader").atMost(Duration.ofMinutes(2)).until(() -> {
			int other = leader();
			return other >= 0 && other != leader;
		});
		this.nodes.set(leader, startNode(leader));
		awaitLeader();
	}

	/** The address of a database, over HAProxy. */
	String url(String database) {
		return "jdbc:postgresql://127.0.0.1:" + this.proxyPort + "/" + database
				+ "?user=postgres&connectTimeout=5&socketTimeout=30";
	}

	@Override
	public void close() {
		try {
			// Patroni stops its PostgreSQL when it is told to stop
			this.nodes.forEach(Process::destroy);
			for (Process node : this.nodes) {
				if (!node.waitFor(60, TimeUnit.SECONDS)) {
					node.destroyForcibly();
				}
			}
			this.others.forEach(Process::destroyForcibly);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
