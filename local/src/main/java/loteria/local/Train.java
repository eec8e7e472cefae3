package loteria.local;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import loteria.protocol.Dialect;
import loteria.protocol.Dialects;

/**
 * A small but real job in all dialects, on ports of its own. While it runs Java writes
 * down what it needed of the programs ({@code central.aot}, {@code agency.aot} beside
 * their jars): with that they start in half the time.
 */
public final class Train {

	private static final int BETS = 300;

	private Train() {
	}

	/**
	 * @param arguments where each program is as {@code <name>/<name>.jar} beside its
	 * libraries
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException, JobFailure {
		Path programs = Path.of(arguments[0]).toAbsolutePath();
		// kept when it fails: its logs say why
		Path directory = programs.resolve("training");
		Path data = Files.createDirectories(directory.resolve("data"));
		for (int agency = 1; agency <= Dialects.ofAgencies().size(); agency++) {
			Files.writeString(data.resolve("agency-" + agency + ".csv"), bets(agency), StandardCharsets.UTF_8);
		}
		Wanted wanted = Wanted.of(Map.of("DATA", data.toString(), "DIALECT", "all"), directory);
		Map<String, String> environment = new HashMap<>(Map.of("LC_ALL", "C.UTF-8"));
		environment.putAll(freePorts());
		// as a central that stands in for another, for what such a one reads first; that
		// it serves all dialects is in this central's own words, which win
		environment.put("CENTRAL_DIALECT", "lines");
		environment.put("CENTRAL_HTTP_PORT", environment.get(Ports.HTTP));
		for (Dialect dialect : Dialects.all()) {
			environment.put(Ports.variable(dialect).replace("_PORT", "_ENABLED"), "true");
		}
		int code = new Job(wanted, List.of(Ports.of(environment, 1)),
				new Programs(programs, true, environment, directory), null)
			.run(Screen.Terminal.NONE);
		for (String program : List.of("central", "agency")) {
			if (Files.notExists(programs.resolve(program).resolve(program + ".aot"))) {
				throw new JobFailure("Java wrote no " + program + ".aot");
			}
		}
		if (code != Run.DONE) {
			System.exit(code);
		}
		Run.remove(directory);
	}

	private static String bets(int agency) {
		return IntStream.rangeClosed(1, BETS)
			.mapToObj((bet) -> String.format(Locale.ROOT, "María José,Núñez,%d,1990-01-31,%d\n",
					agency * 1_000_000 + bet, (bet % 2 == 0) ? bet : 7574))
			.collect(Collectors.joining());
	}

	/** All of them held until all are known: none is given twice. */
	private static Map<String, String> freePorts() throws IOException {
		List<String> variables = new ArrayList<>(List.of(Ports.HTTP));
		Dialects.all().stream().map(Ports::variable).forEach(variables::add);
		Map<String, String> ports = new HashMap<>();
		List<ServerSocket> held = new ArrayList<>();
		for (String variable : variables) {
			held.add(new ServerSocket(0));
			ports.put(variable, String.valueOf(held.getLast().getLocalPort()));
		}
		for (ServerSocket socket : held) {
			socket.close();
		}
		return ports;
	}

}
