package loteria.bench.micro;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;

import loteria.bet.BetRules;
import loteria.protocol.Dialect;
import loteria.protocol.Dialect.Limits;
import loteria.protocol.Inbound;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import loteria.protocol.ServerCodec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The central's work on a batch besides storing it: bytes to rows, and the answer.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {

	/** Dialect and bets of a batch. */
	@Param({ "lines:10", "lines:100", "fixed:103", "csv:120", "packets:63", "tlv:1000" })
	public String batch = "";

	private final Inbound in = new Inbound();

	private ServerCodec codec = Batches.dialect("lines").server(new BetRules(Clock.systemUTC()), Limits.DEFAULT);

	private Reply stored = new Reply.Stored(0);

	private ByteArrayInputStream message = new ByteArrayInputStream(new byte[0]);

	@Setup
	public void encode() throws IOException {
		String[] parts = this.batch.split(":");
		int bets = Integer.parseInt(parts[1]);
		Dialect dialect = Batches.dialect(parts[0]);
		List<byte[]> encoded = Batches.encoded(dialect, Batches.of(bets));
		this.codec = dialect.server(new BetRules(Clock.systemUTC()), Limits.DEFAULT);
		this.stored = new Reply.Stored(bets);
		if (encoded.getFirst().length > 0) {
			this.in.fill(new ByteArrayInputStream(encoded.getFirst()));
		}
		this.message = new ByteArrayInputStream(encoded.getLast());
	}

	@Benchmark
	public void decode(Blackhole hole) throws IOException {
		this.message.reset();
		Request request = null;
		while (request == null) {
			this.in.fill(this.message);
			request = this.codec.decode(this.in);
		}
		hole.consume(Batches.rows(request));
		this.codec.encode(request, this.stored, OutputStream.nullOutputStream());
	}

}
