package loteria.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * All that is going to be sent, encoded: making it takes longer than sending it.
 */
public record Traffic(Wire wire, List<Messages> connections) {

	/** Bytes of all connections together; what is longer begins again. */
	private static final int POOL = 48 * 1024 * 1024;

	public static Traffic of(Wire wire, Bets bets, Shape shape) throws IOException {
		int bytes = POOL / shape.connections();
		int most = Math.clamp(Math.ceilDiv(shape.bets(), (long) shape.batch() * shape.connections()), 1,
				Integer.MAX_VALUE);
		List<Messages> connections = new ArrayList<>(shape.connections());
		for (int i = 0; i < shape.connections(); i++) {
			connections.add(wire.messages(i, bets, shape.batch(), most, bytes));
		}
		return new Traffic(wire, List.copyOf(connections));
	}

	/**
	 * What two loads have in common that can send the same.
	 */
	public record Key(Wire wire, int connections, int batch) {
	}

	double betsPerMessage() {
		return this.connections.getFirst().bets();
	}

}
