package loteria.bench.micro;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

import loteria.protocol.ClientCodec;
import loteria.protocol.ClientRequest;
import loteria.protocol.Dialect;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The agency's work on a batch: bets to bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncodeBenchmark {

	/** Dialect and bets of a batch. */
	@Param({ "lines:100", "fixed:103", "csv:120", "packets:63", "tlv:1000" })
	public String batch = "";

	private ClientCodec codec = Batches.dialect("lines").client(Batches.AGENCY, 1).orElseThrow();

	private ClientRequest request = new ClientRequest.StoreBets(Batches.AGENCY, List.of());

	@Setup
	public void read() throws IOException {
		String[] parts = this.batch.split(":");
		int bets = Integer.parseInt(parts[1]);
		Dialect dialect = Batches.dialect(parts[0]);
		this.codec = dialect.client(Batches.AGENCY, bets).orElseThrow();
		this.request = new ClientRequest.StoreBets(Batches.AGENCY, Batches.of(bets));
	}

	@Benchmark
	public void encode() throws IOException {
		this.codec.encode(this.request, OutputStream.nullOutputStream());
	}

}
