package loteria.bench.section;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import loteria.bench.load.LoadRun;
import loteria.bench.load.Shape;
import loteria.bench.load.Traffic;
import loteria.bench.report.FlameGraph;
import loteria.bench.report.Report;
import loteria.bench.report.Samples;
import loteria.bench.report.Table;
import loteria.bench.subject.Central;
import loteria.bench.subject.Recording;
import loteria.bench.subject.Running;

/**
 * Where the central's time goes under full load, once it is warm.
 */
public final class ProfileSection implements Section {

	private static final int BATCH = 100;

	private static final int WINDOW = 16;

	private static final int METHODS = 15;

	private record Share(String subject, String method, double share) {
	}

	@Override
	public Report run(Setup setup) throws IOException {
		Shape shape = setup.shape(Setup.AGENCIES, BATCH, WINDOW).with(Long.MAX_VALUE, setup.scale().limit());
		Traffic traffic = Traffic.of(setup.central().wire(), setup.bets(), shape);
		Map<String, String> pictures = new LinkedHashMap<>();
		Table table = Table.of("The methods that most samples were in", "", "share");
		List<Share> shares = new ArrayList<>();
		for (Central central : setup.centrals()) {
			Samples samples = samples(setup, central, traffic, shape);
			FlameGraph graph = samples.flameGraph();
			String title = String.format(Locale.ROOT, "%s, `lines`, %s: %,d samples", central.name(), shape.name(),
					graph.samples());
			pictures.put("flame-" + central.name().replaceAll("\\W+", "-") + ".svg", graph.draw(title));
			samples.self(METHODS).forEach((method, share) -> {
				shares.add(new Share(central.name(), method, share));
				table.row(central.name() + ": `" + method + "`", String.format(Locale.ROOT, "%.1f %%", 100 * share));
			});
		}
		return new Report(List.of(table), List.of(), pictures, shares);
	}

	private static Samples samples(Setup setup, Central central, Traffic traffic, Shape shape) throws IOException {
		try (Running running = central.start(setup.workplace())) {
			LoadRun.of(running.address(), traffic, shape.with(setup.scale().warmup(), shape.limit()));
			Recording recording = running.record(setup.workplace(), Samples.SETTINGS);
			LoadRun.of(running.address(), traffic, shape);
			Path file = recording.stop();
			return Samples.of(file);
		}
	}

}
