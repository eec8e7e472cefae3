package loteria.bench.load;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;

import loteria.bet.Bet;
import loteria.protocol.ClientCodec;
import loteria.protocol.Dialect;
import loteria.protocol.Inbound;
import loteria.protocol.Reply;
import loteria.protocol.ClientRequest;
import loteria.protocol.Request;
import org.jspecify.annotations.Nullable;

/**
 * One agency: invents its bets, sends them one batch at a time, finishes, and compares
 * the winners with those it knows to be right. Fails at the first thing that is not as it
 * should be.
 */
final class LoadAgency implements AutoCloseable {

	private static final LocalDate BIRTHDATE = LocalDate.of(1990, 6, 15);

	private static final int TIMEOUT_MILLIS = 180_000;

	private static final long FIRST_PAUSE_NANOS = 50_000_000;

	private static final long LONGEST_PAUSE_NANOS = 10_000_000_000L;

	private final InetSocketAddress central;

	private final Dialect dialect;

	private final int agency;

	private final int batch;

	private ClientCodec codec;

	private @Nullable Socket socket;

	private Inbound inbound = new Inbound();

	LoadAgency(InetSocketAddress central, Dialect dialect, int agency, int bets, int batch) {
		this.central = central;
		this.dialect = dialect;
		this.agency = agency;
		this.batch = dialect.batchSize(batch, bets);
		this.codec = dialect.client(agency, this.batch);
	}

	/**
	 * @param winners how many of the bets win, spread over them
	 */
	void run(int bets, int winners, int winningNumber) throws IOException {
		List<String> expected = new ArrayList<>();
		List<Bet> pending = new ArrayList<>();
		for (int i = 0; i < bets; i++) {
			boolean wins = winners > 0 && i % Math.max(1, bets / winners) == 0 && expected.size() < winners;
			String document = Long.toString(10_000_000L + (long) this.agency * 1_000 + i);
			if (wins) {
				expected.add(document);
			}
			pending.add(new Bet(this.agency, "Nombre", "Apellido", document, BIRTHDATE, wins ? winningNumber : 1));
			if (pending.size() == this.batch || i == bets - 1) {
				require(ask(new ClientRequest.StoreBets(this.agency, pending)) instanceof Reply.Stored,
						"a batch was refused");
				pending = new ArrayList<>();
			}
		}
		Reply reply = finish();
		require(reply instanceof Reply.Winners won && won.documents().equals(expected),
				"expected winners " + expected + ", got " + reply);
	}

	private Reply finish() throws IOException {
		return switch (this.dialect.habits().finish()) {
			case AWAIT -> ask(new Request.AwaitWinners(OptionalInt.of(this.agency)));
			case CLOSE_THEN_AWAIT -> {
				ask(new Request.CloseAgency(this.agency));
				yield ask(new Request.AwaitWinners(OptionalInt.of(this.agency)));
			}
			case CLOSE_THEN_ASK -> {
				ask(new Request.CloseAgency(this.agency));
				Reply reply = ask(new Request.FindWinners(this.agency));
				for (long pause = FIRST_PAUSE_NANOS; reply instanceof Reply.NotReady; pause *= 2) {
					LockSupport.parkNanos(Math.min(pause, LONGEST_PAUSE_NANOS));
					reply = ask(new Request.FindWinners(this.agency));
				}
				yield reply;
			}
		};
	}

	private Reply ask(ClientRequest request) throws IOException {
		Socket connection = this.socket;
		if (connection == null) {
			connection = new Socket();
			this.socket = connection;
			connection.setTcpNoDelay(true);
			connection.setSoTimeout(TIMEOUT_MILLIS);
			connection.connect(this.central, TIMEOUT_MILLIS);
			this.codec = this.dialect.client(this.agency, this.batch);
			this.inbound = new Inbound();
		}
		OutputStream out = new BufferedOutputStream(connection.getOutputStream(), 64 * 1024);
		this.codec.encode(request, out);
		out.flush();
		Reply reply = this.codec.isAnswered(request) ? receive(connection, request) : new Reply.Silence();
		if (this.dialect.habits().connectionPerRequest()) {
			close();
		}
		return reply;
	}

	private Reply receive(Socket connection, ClientRequest request) throws IOException {
		Reply reply = this.codec.decode(request, this.inbound);
		while (reply == null) {
			if (this.inbound.hasEnded()) {
				throw new EOFException("the central closed instead of answering " + request.getClass().getSimpleName());
			}
			this.inbound.fill(connection.getInputStream());
			reply = this.codec.decode(request, this.inbound);
		}
		return reply;
	}

	private void require(boolean holds, String otherwise) throws IOException {
		if (!holds) {
			throw new IOException("agency %d, %s: %s".formatted(this.agency, this.dialect.name(), otherwise));
		}
	}

	@Override
	public void close() throws IOException {
		Socket connection = this.socket;
		this.socket = null;
		if (connection != null) {
			connection.close();
		}
	}

}
