package loteria.bench.micro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import loteria.bench.load.Bets;
import loteria.bet.Bet;
import loteria.bet.Rows;
import loteria.protocol.ClientCodec;
import loteria.protocol.ClientRequest;
import loteria.protocol.Dialect;
import loteria.protocol.Dialects;
import loteria.protocol.Request;

/**
 * What all benchmarks are fed with: real bets, in batches of the usual size.
 */
final class Batches {

	/** Where {@code agency-<n>.csv} are. */
	static final String DATA = "loteria.bench.data";

	static final int AGENCY = 1;

	private Batches() {
	}

	static List<Bet> of(int bets) throws IOException {
		return new Bets(Path.of(System.getProperty(DATA, ".data"))).batch(AGENCY, 0, bets);
	}

	static Dialect dialect(String name) {
		return Dialects.named(name).orElseThrow();
	}

	/**
	 * A batch on the wire.
	 * @return what goes in front of the first one of a connection, and the batch
	 */
	static List<byte[]> encoded(Dialect dialect, List<Bet> bets) throws IOException {
		ClientCodec codec = dialect.client(AGENCY, bets.size()).orElseThrow();
		byte[] first = encode(codec, bets);
		byte[] next = encode(codec, bets);
		return List.of(Arrays.copyOf(first, first.length - next.length), next);
	}

	private static byte[] encode(ClientCodec codec, List<Bet> bets) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		codec.encode(new ClientRequest.StoreBets(AGENCY, bets), out);
		return out.toByteArray();
	}

	/** What the store gets of a batch that was decoded. */
	static Rows rows(Request request) {
		if (!(request instanceof Request.StoreBets store)) {
			throw new IllegalStateException("decoded as " + request);
		}
		return store.rows();
	}

}
