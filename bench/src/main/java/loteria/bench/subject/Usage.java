package loteria.bench.subject;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process has used so far, as Linux counts it; zeros elsewhere.
 *
 * @param cpuSeconds of all its threads, and of processes it started
 * @param peakBytes the most memory it ever held; 0 where it is several processes, whose
 * shared memory can't be told apart
 */
public record Usage(double cpuSeconds, long peakBytes) {

	private static final Path PROC = Path.of("/proc");

	/** The kernel counts for everybody in hundredths, whatever its own clock. */
	private static final double TICKS_PER_SECOND = 100;

	/** Places behind the name of the command, the state being 0. */
	private static final int USER_TICKS = 11;

	private static final int SYSTEM_TICKS = 12;

	private static final int USER_TICKS_OF_ENDED_CHILDREN = 13;

	private static final int SYSTEM_TICKS_OF_ENDED_CHILDREN = 14;

	private static final String PEAK = "VmHWM:";

	static Usage of(Child child) throws IOException {
		ProcessHandle handle = child.handle();
		double cpuSeconds = cpuSeconds(handle.pid());
		long[] descendants = handle.descendants().mapToLong(ProcessHandle::pid).toArray();
		for (long descendant : descendants) {
			cpuSeconds += cpuSeconds(descendant);
		}
		return new Usage(cpuSeconds, (descendants.length == 0) ? peakBytes(handle.pid()) : 0);
	}

	/** Peaks that need not have been at the same time; 0 where one can't be told. */
	Usage plus(Usage other) {
		boolean known = this.peakBytes > 0 && other.peakBytes > 0;
		return new Usage(this.cpuSeconds + other.cpuSeconds, known ? this.peakBytes + other.peakBytes : 0);
	}

	private static double cpuSeconds(long pid) throws IOException {
		Path stat = PROC.resolve(Long.toString(pid)).resolve("stat");
		if (!Files.exists(stat)) {
			return 0;
		}
		String line = Files.readString(stat, StandardCharsets.UTF_8);
		// the name of the command stands in parentheses, and can have anything in it
		String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
		long ticks = 0;
		for (int field : new int[] { USER_TICKS, SYSTEM_TICKS, USER_TICKS_OF_ENDED_CHILDREN,
				SYSTEM_TICKS_OF_ENDED_CHILDREN }) {
			ticks += Long.parseLong(fields[field]);
		}
		return ticks / TICKS_PER_SECOND;
	}

	private static long peakBytes(long pid) throws IOException {
		Path status = PROC.resolve(Long.toString(pid)).resolve("status");
		if (!Files.exists(status)) {
			return 0;
		}
		try (Stream<String> lines = Files.lines(status, StandardCharsets.UTF_8)) {
			return lines.filter((line) -> line.startsWith(PEAK))
				.mapToLong((line) -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
				.findFirst()
				.orElse(0);
		}
	}

}
