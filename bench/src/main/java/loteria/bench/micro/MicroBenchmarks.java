package loteria.bench.micro;

import java.nio.file.Path;
import java.util.Collection;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs all benchmarks of this package.
 */
public final class MicroBenchmarks {

	private static final TimeValue SECOND = TimeValue.seconds(1);

	private MicroBenchmarks() {
	}

	/**
	 * @param data where {@code agency-<n>.csv} are
	 * @param directory for what is written
	 */
	public static Collection<RunResult> run(Path data, Path directory, int forks, int iterations)
			throws RunnerException {
		return new Runner(
				new OptionsBuilder().include(MicroBenchmarks.class.getPackageName().replace(".", "\\.") + "\\.")
					.forks(forks)
					.warmupIterations(iterations)
					.warmupTime(SECOND)
					.measurementIterations(iterations)
					.measurementTime(SECOND)
					.shouldFailOnError(true)
					.jvmArgsAppend("-D" + Batches.DATA + "=" + data.toAbsolutePath(),
							"-D" + StoreBenchmark.DIRECTORY + "=" + directory)
					.output(directory.resolve("jmh.log").toString())
					.build())
			.run();
	}

	/**
	 * @param parameter of a benchmark: a dialect and the bets of a batch, or how many
	 * batches of the usual size
	 */
	public static int bets(String parameter) {
		int colon = parameter.indexOf(':');
		return (colon < 0) ? StoreBenchmark.BETS * Integer.parseInt(parameter)
				: Integer.parseInt(parameter.substring(colon + 1));
	}

}
