package loteria.bench.subject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import loteria.bench.load.Wire;

/**
 * Redis that forces its log before it answers, and does nothing besides: no snapshots,
 * and no rewriting of the log while it is measured.
 */
public record Redis(Path server) implements Subject {

	@Override
	public String name() {
		return "Redis, AOF always";
	}

	@Override
	public Wire wire() {
		return new RedisWire();
	}

	@Override
	public Running start(Workplace workplace) throws IOException {
		Path directory = workplace.directory("redis");
		int port = Running.freePort();
		List<String> command = List.of(this.server.toString(), "--bind", "127.0.0.1", "--port", Integer.toString(port),
				"--dir", directory.toString(), "--appendonly", "yes", "--appendfsync", "always", "--save", "",
				"--auto-aof-rewrite-percentage", "0");
		return Running.await(workplace.start(directory, command), directory, port);
	}

}
