package loteria.database;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A PostgreSQL as a process: for who has none, and wants nothing installed.
 */
public final class Serve {

	/** What it says when it can be used. */
	public static final String READY = "ready: ";

	private Serve() {
	}

	/**
	 * Serves until it is told to stop; its log is {@code log/postgresql.log} beside its
	 * data.
	 * @param arguments the directory of its data, made if it is not there, and its port
	 */
	public static void main(String[] arguments) throws Exception {
		Server server = new Server(Path.of(arguments[0]), Integer.parseInt(arguments[1]))
			.with("logging_collector", "on")
			.with("log_filename", "postgresql.log")
			.start();
		CountDownLatch stopped = new CountDownLatch(1);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			server.close();
			stopped.countDown();
		}, "stop"));
		System.out.println(READY + server.url("postgres"));
		stopped.await();
	}

}
