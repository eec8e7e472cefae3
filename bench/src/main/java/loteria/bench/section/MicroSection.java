package loteria.bench.section;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import loteria.bench.micro.MicroBenchmarks;
import loteria.bench.report.Figures;
import loteria.bench.report.Report;
import loteria.bench.report.Table;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/**
 * The parts by themselves, by JMH: of the classes that this program was built with,
 * whatever jars it was given.
 */
public final class MicroSection implements Section {

	private record Score(String benchmark, String parameter, int bets, double nanos, double error) {
	}

	@Override
	public Report run(Setup setup) throws IOException {
		Table table = Table.of("JMH, " + setup.scale().forks() + " × " + setup.scale().iterations() + " s", "",
				"µs / call", "± µs", "ns / bet");
		List<Score> scores = new ArrayList<>();
		Path directory = setup.workplace().directory("micro");
		setup.say("some minutes of JMH; what it says is in %s until the end", directory);
		for (RunResult result : run(setup, directory)) {
			Score score = score(result);
			scores.add(score);
			table.row(score.benchmark() + ", " + score.parameter(), Figures.number(score.nanos() / 1e3),
					Figures.number(score.error() / 1e3), Figures.number(score.nanos() / score.bets()));
		}
		return new Report(List.of(table),
				List.of("`decode` is the central's (bytes to rows, and the answer), `encode` "
						+ "the agency's, `append` the store's with so many batches of 100 handed over at once."),
				Map.of(), scores);
	}

	private static Collection<RunResult> run(Setup setup, Path directory) throws IOException {
		try {
			return MicroBenchmarks.run(setup.data(), directory, setup.scale().forks(), setup.scale().iterations());
		}
		catch (RunnerException ex) {
			throw new IOException("JMH: " + ex.getMessage(), ex);
		}
	}

	private static Score score(RunResult result) {
		String name = result.getPrimaryResult().getLabel();
		String key = result.getParams().getParamsKeys().iterator().next();
		String parameter = result.getParams().getParam(key);
		double error = result.getPrimaryResult().getScoreError();
		return new Score(name, parameter, MicroBenchmarks.bets(parameter), result.getPrimaryResult().getScore(),
				Double.isNaN(error) ? 0 : error);
	}

}
