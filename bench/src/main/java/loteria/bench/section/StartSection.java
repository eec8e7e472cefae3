package loteria.bench.section;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import loteria.bench.report.Figures;
import loteria.bench.report.Report;
import loteria.bench.report.Table;
import loteria.bench.subject.Agency;
import loteria.bench.subject.Central;
import loteria.bench.subject.Running;
import loteria.bet.BetRules;
import loteria.protocol.Dialect.Limits;
import loteria.protocol.Inbound;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import loteria.protocol.ServerCodec;

/**
 * How long the programs take to begin: the central until it listens, the agency until its
 * first batch is here.
 */
public final class StartSection implements Section {

	private static final int TIMEOUT_MILLIS = 60_000;

	private record Start(String program, double seconds) {
	}

	@Override
	public Report run(Setup setup) throws IOException {
		List<Central> centrals = centrals(setup);
		Map<String, List<String>> agencies = agencies(setup);
		List<Start> starts = new ArrayList<>();
		Map<String, List<Double>> rows = new LinkedHashMap<>();
		for (int i = 0; i < setup.scale().iterations(); i++) {
			for (Central central : centrals) {
				try (Running running = central.start(setup.workplace())) {
					add(setup, starts, central.name() + " until it listens", running.startSeconds());
				}
			}
			for (Map.Entry<String, List<String>> agency : agencies.entrySet()) {
				add(setup, starts, agency.getKey() + " until its first batch", agency(setup, agency.getValue()));
			}
		}
		starts.forEach(
				(start) -> rows.computeIfAbsent(start.program(), (program) -> new ArrayList<>()).add(start.seconds()));
		Table table = Table.of("Starts", "", "median s", "shortest s", "longest s");
		rows.forEach((program, seconds) -> table.row(program, Figures.number(Figures.median(seconds)),
				Figures.number(seconds.stream().mapToDouble((value) -> value).min().orElse(0)),
				Figures.number(seconds.stream().mapToDouble((value) -> value).max().orElse(0))));
		return Report.of(table, starts);
	}

	/** Those that are measured, and the one that was trained. */
	private static List<Central> centrals(Setup setup) {
		List<Central> centrals = new ArrayList<>(setup.centrals());
		Path directory = setup.trained().resolve("central").toAbsolutePath();
		Path cache = directory.resolve("central.aot");
		if (Files.exists(cache)) {
			List<String> options = new ArrayList<>(setup.central().jvm());
			options.add("-XX:AOTCache=" + cache);
			centrals.add(new Central("central, trained", directory.resolve("central.jar"), options,
					setup.central().dialect()));
		}
		else {
			setup.warn("NO CACHE AT %s: the start of a trained central is not measured (make build writes it)", cache);
		}
		return centrals;
	}

	/** What comes behind {@code java} to start an agency, by what to call it. */
	private static Map<String, List<String>> agencies(Setup setup) {
		Map<String, List<String>> agencies = new LinkedHashMap<>();
		if (Files.isRegularFile(setup.agency())) {
			List<String> options = new ArrayList<>(setup.agencyJvm());
			options.addAll(List.of("-jar", setup.agency().toAbsolutePath().toString()));
			agencies.put("agency", options);
		}
		else {
			setup.warn("NO AGENCY AT %s: its start is not measured (make build writes it)", setup.agency());
		}
		Path directory = setup.trained().resolve("agency").toAbsolutePath();
		Path cache = directory.resolve("agency.aot");
		if (Files.exists(cache)) {
			List<String> options = new ArrayList<>(Central.AS_IT_COMES);
			options.addAll(List.of("-XX:AOTCache=" + cache, "-jar", directory.resolve("agency.jar").toString()));
			agencies.put("agency, trained", options);
		}
		return agencies;
	}

	private static void add(Setup setup, List<Start> starts, String program, double seconds) {
		setup.say("%s: %s s", program, Figures.number(seconds));
		starts.add(new Start(program, seconds));
	}

	/** A central that knows how to be greeted, and then only looks at its watch. */
	private static double agency(Setup setup, List<String> options) throws IOException {
		try (ServerSocket server = new ServerSocket()) {
			server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			server.setSoTimeout(TIMEOUT_MILLIS);
			Path file = setup.workplace().directory("bets").resolve("agency-1.csv");
			Files.write(file, setup.bets().rows(1));
			try (Agency agency = Agency.start(setup.workplace(), options, file, server.getLocalPort());
					Socket socket = server.accept()) {
				socket.setSoTimeout(TIMEOUT_MILLIS);
				awaitBatch(socket, setup.central().dialect().server(new BetRules(Clock.systemUTC()), Limits.DEFAULT));
				return (System.nanoTime() - agency.startedAt()) / 1e9;
			}
		}
	}

	private static void awaitBatch(Socket socket, ServerCodec codec) throws IOException {
		Inbound in = new Inbound();
		OutputStream out = socket.getOutputStream();
		while (true) {
			Request request = codec.decode(in);
			if (request instanceof Request.StoreBets) {
				return;
			}
			if (request instanceof Request.Greeting) {
				codec.encode(request, new Reply.Greeted(0, false), out);
			}
			else if (request != null || !in.fill(socket.getInputStream())) {
				throw new IOException("the agency said " + request + " instead of its bets");
			}
		}
	}

}
