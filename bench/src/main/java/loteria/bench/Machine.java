package loteria.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import loteria.bench.report.Figures;
import loteria.bench.subject.Workplace;

/**
 * What figures depend on besides what is measured.
 *
 * @param load average of the last minute when it began
 * @param forceMillis the median of a forced write of {@value #BLOCK} bytes behind the end
 * of a file
 */
record Machine(String date, int processors, double load, String java, String system, double forceMillis) {

	private static final int BLOCK = 8 * 1024;

	private static final int WRITES = 200;

	private static final double QUIET = 0.5;

	static Machine here(Workplace workplace) throws IOException {
		return new Machine(LocalDate.now(ZoneOffset.UTC).toString(), Runtime.getRuntime().availableProcessors(),
				ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), System.getProperty("java.version"),
				System.getProperty("os.name") + " " + System.getProperty("os.version"),
				forceMillis(workplace.directory("disk")));
	}

	private static double forceMillis(Path directory) throws IOException {
		List<Double> millis = new ArrayList<>(WRITES);
		try (FileChannel file = FileChannel.open(directory.resolve("forced"), StandardOpenOption.CREATE_NEW,
				StandardOpenOption.WRITE)) {
			ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
			for (int i = 0; i < WRITES; i++) {
				long from = System.nanoTime();
				file.write(block.clear());
				file.force(false);
				millis.add((System.nanoTime() - from) / 1e6);
			}
		}
		return Figures.median(millis);
	}

	/** Whether others use it so much that figures are worth little. */
	boolean isQuiet() {
		return this.load < QUIET * this.processors;
	}

	String describe() {
		return String.format(Locale.ROOT,
				"%s: %d processors, load %.1f before it began, Java %s, %s, a forced write of 8 kB takes %.2f ms",
				this.date, this.processors, this.load, this.java, this.system, this.forceMillis);
	}

}
