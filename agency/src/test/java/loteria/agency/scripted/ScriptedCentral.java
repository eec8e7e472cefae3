package loteria.agency.scripted;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A raw server socket that accepts one connection after the other and does with each what
 * the next of its scripts says; then it closes it, and after the last it listens no more.
 */
public final class ScriptedCentral implements AutoCloseable {

	private static final int LIMIT_MILLIS = 60_000;

	private final ServerSocket server;

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	private final int port;

	private ScriptedCentral(ServerSocket server) {
		this.server = server;
		this.port = server.getLocalPort();
	}

	public static ScriptedCentral with(Script... scripts) throws IOException {
		return at(0, scripts);
	}

	/**
	 * @param port where another one stopped listening
	 */
	public static ScriptedCentral at(int port, Script... scripts) throws IOException {
		ScriptedCentral central = new ScriptedCentral(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()));
		Thread.ofVirtual().start(() -> central.serve(List.of(scripts)));
		return central;
	}

	private void serve(List<Script> scripts) {
		try (this.server) {
			this.server.setSoTimeout(LIMIT_MILLIS);
			for (Script script : scripts) {
				try (Socket socket = this.server.accept()) {
					socket.setSoTimeout(LIMIT_MILLIS);
					script.play(new Peer(this.server, socket));
				}
			}
			this.done.complete(null);
		}
		catch (IOException | RuntimeException | AssertionError ex) {
			this.done.completeExceptionally(ex);
		}
	}

	public int port() {
		return this.port;
	}

	/** {@code --server.address=…} for an agency that is to find it. */
	public String address() {
		return "--server.address=" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + this.port;
	}

	/**
	 * Waits for the end of the last script.
	 * @throws AssertionError if one of them met what it did not expect
	 */
	@Override
	public void close() throws IOException {
		Future<Void> end = this.done;
		try {
			end.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new AssertionError("scripted central: " + ex.getMessage(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
		finally {
			this.server.close();
		}
	}

	/**
	 * What the central does with one connection.
	 */
	@FunctionalInterface
	public interface Script {

		void play(Peer agency) throws IOException;

	}

}
