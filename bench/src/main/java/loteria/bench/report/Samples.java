package loteria.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * The stacks of a JFR recording: those that were taken at equal distances of processor
 * time where the JVM can (Linux), else those at equal distances of time.
 */
public final class Samples {

	/** How to have a recording made that this can read. */
	public static final List<String> SETTINGS = List.of("jdk.CPUTimeSample#enabled=true",
			"jdk.CPUTimeSample#throttle=5ms");

	/** What the name of a class made at run time ends with, and is another every time. */
	private static final Pattern HIDDEN = Pattern.compile("[./]0x[0-9a-f]+$");

	private static final String BY_CPU_TIME = "jdk.CPUTimeSample";

	private static final String BY_TIME = "jdk.ExecutionSample";

	private final List<List<String>> stacks = new ArrayList<>();

	private final String kind;

	private Samples(String kind) {
		this.kind = kind;
	}

	public static Samples of(Path recording) throws IOException {
		Samples byCpuTime = new Samples(BY_CPU_TIME);
		Samples byTime = new Samples(BY_TIME);
		try (RecordingFile file = new RecordingFile(recording)) {
			while (file.hasMoreEvents()) {
				RecordedEvent event = file.readEvent();
				byCpuTime.add(event, "eventThread");
				byTime.add(event, "sampledThread");
			}
		}
		return byCpuTime.stacks.isEmpty() ? byTime : byCpuTime;
	}

	private void add(RecordedEvent event, String threadField) {
		if (!event.getEventType().getName().equals(this.kind) || event.getStackTrace() == null) {
			return;
		}
		List<String> stack = new ArrayList<>();
		for (RecordedFrame frame : event.getStackTrace().getFrames()) {
			if (frame.getMethod() != null) {
				String type = HIDDEN.matcher(frame.getMethod().getType().getName()).replaceAll("");
				stack.add(type + '.' + frame.getMethod().getName());
			}
		}
		stack.add(thread(event.getThread(threadField)));
		Collections.reverse(stack);
		this.stacks.add(stack);
	}

	/** Threads that differ by a number alone are one. */
	private static String thread(@Nullable RecordedThread thread) {
		if (thread == null) {
			return "unknown thread";
		}
		String name = (thread.getJavaName() == null) ? thread.getOSName() : thread.getJavaName();
		return (name == null || name.isBlank()) ? "virtual threads" : name.replaceAll("[-\\d.:/]+$", "");
	}

	public FlameGraph flameGraph() {
		FlameGraph graph = new FlameGraph();
		this.stacks.forEach(graph::add);
		return graph;
	}

	/** The share of samples of each innermost method, the highest first. */
	public Map<String, Double> self(int most) {
		Map<String, Double> shares = new TreeMap<>();
		this.stacks.forEach((stack) -> shares.merge(stack.getLast(), 1.0 / this.stacks.size(), Double::sum));
		Map<String, Double> highest = new LinkedHashMap<>();
		shares.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Double>comparingByValue().reversed())
			.limit(most)
			.forEach((entry) -> highest.put(entry.getKey(), entry.getValue()));
		return highest;
	}

}
