package loteria.bench.subject;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import loteria.bench.load.Wire;

/**
 * PostgreSQL as it comes, which forces its log before it answers: one COPY a batch, each
 * a transaction of its own.
 *
 * @param binaries where {@code initdb} and {@code postgres} are
 * @param name as in a table
 */
public record Postgres(Path binaries, String name) implements Subject {

	private static final Duration INITDB_LIMIT = Duration.ofSeconds(60);

	private static final Duration START_LIMIT = Duration.ofSeconds(60);

	private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	/** The code of its error. */
	private static final String STARTING_UP = "57P03";

	/** It refuses to run as root; Debian's package comes with this user. */
	private static final String USER = "postgres";

	private static final String CREATE = "CREATE TABLE bets (agency int, first_name text, last_name text, "
			+ "document text, birthdate date, number int)";

	@Override
	public Wire wire() {
		return new PostgresWire();
	}

	@Override
	public Running start(Workplace workplace) throws IOException {
		Path directory = workplace.directory("postgres");
		Path data = directory.resolve("data");
		List<String> asUser = List.of();
		if (System.getProperty("user.name").equals("root")) {
			UserPrincipal user = directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER);
			Files.setOwner(directory, user);
			asUser = List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups");
		}
		workplace
			.start(directory,
					command(asUser, "initdb", "--pgdata=" + data, "--username=" + PostgresWire.USER, "--auth=trust",
							"--encoding=UTF8", "--locale=C", "--no-instructions"))
			.awaitSuccess(INITDB_LIMIT);
		int port = Running.freePort();
		Child server = workplace.start(directory,
				command(asUser, "postgres", "-D", data.toString(), "-p", Integer.toString(port), "-h", "127.0.0.1",
						"-k", directory.toString(), "-c", "fsync=on", "-c", "synchronous_commit=on"));
		Running running = Running.await(server, directory, port);
		try {
			execute(running, server, CREATE);
			return running;
		}
		catch (IOException ex) {
			running.close();
			throw ex;
		}
	}

	/** Asks one that runs. */
	static String ask(Running running, String database, String statement) throws IOException {
		try (SocketChannel channel = SocketChannel.open(running.address())) {
			PostgresWire.startUp(channel, database);
			return PostgresWire.ask(channel, statement);
		}
	}

	/** It listens before it is ready, and says so to whoever comes too early. */
	private static void execute(Running running, Child server, String statement) throws IOException {
		long from = System.nanoTime();
		while (true) {
			server.requireAlive();
			try (SocketChannel channel = SocketChannel.open(running.address())) {
				PostgresWire.startUp(channel, PostgresWire.DATABASE);
				PostgresWire.ask(channel, statement);
				return;
			}
			catch (IOException ex) {
				if (!String.valueOf(ex.getMessage()).contains(STARTING_UP)
						|| System.nanoTime() - from > START_LIMIT.toNanos()) {
					throw ex;
				}
				LockSupport.parkNanos(POLL_NANOS);
			}
		}
	}

	private List<String> command(List<String> asUser, String program, String... arguments) {
		List<String> command = new ArrayList<>(asUser);
		command.add(this.binaries.resolve(program).toString());
		command.addAll(List.of(arguments));
		return command;
	}

}
