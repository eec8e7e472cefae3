package loteria.bench.load;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;

import loteria.bet.BetRules;
import loteria.protocol.Dialect;
import loteria.protocol.Dialect.Limits;
import loteria.protocol.Inbound;
import loteria.protocol.Request;
import loteria.protocol.ServerCodec;

/**
 * A central that stores nothing: it decodes, and answers what it is told to.
 */
final class Peer implements AutoCloseable {

	interface Answer {

		byte[] to(Request.StoreBets request, ServerCodec codec) throws IOException;

	}

	private final ServerSocket server;

	private final Dialect dialect;

	private final Answer answer;

	private final CompletableFuture<Void> accepting;

	private long bets;

	Peer(Dialect dialect, Answer answer) throws IOException {
		this.dialect = dialect;
		this.answer = answer;
		this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
		this.accepting = new CompletableFuture<>();
		Thread.ofVirtual().start(this::accept);
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.server.accept();
				Thread.ofVirtual().start(() -> serve(socket));
			}
		}
		catch (IOException ex) {
			this.accepting.complete(null);
		}
	}

	private void serve(Socket accepted) {
		try (Socket socket = accepted) {
			ServerCodec codec = this.dialect.server(new BetRules(Clock.systemUTC()), Limits.DEFAULT);
			Inbound in = new Inbound();
			OutputStream out = socket.getOutputStream();
			while (in.fill(socket.getInputStream())) {
				for (Request request = codec.decode(in); request != null; request = codec.decode(in)) {
					count(((Request.StoreBets) request).rows().count());
					out.write(this.answer.to((Request.StoreBets) request, codec));
				}
			}
		}
		catch (IOException ex) {
			// the load has ended
		}
	}

	private synchronized void count(int stored) {
		this.bets += stored;
	}

	synchronized long bets() {
		return this.bets;
	}

	InetSocketAddress address() {
		return (InetSocketAddress) this.server.getLocalSocketAddress();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		this.accepting.join();
	}

}
