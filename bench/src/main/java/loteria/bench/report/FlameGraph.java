package loteria.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where time goes: each frame as wide as the share of samples in which it was on the
 * stack, on top of the one that called it.
 */
public final class FlameGraph {

	private static final int WIDTH = 1200;

	private static final int ROW = 17;

	private static final int MARGIN = 10;

	private static final int TITLE = 30;

	/** Narrower frames are left out, with all that stands on them. */
	private static final double LEAST_WIDTH = 1.5;

	private static final double CHARACTER = 7.2;

	/** By the beginning of a frame's name; the first that fits. */
	private static final Map<String, String> COLOURS = Map.of("loteria.", "#f2a65a", "org.springframework.", "#8fc48f",
			"java.", "#8fb3d9", "jdk.", "#a9c4e0", "sun.", "#a9c4e0", "ch.qos.", "#d9a3c7", "io.micrometer.",
			"#c7b3e0");

	private static final String OTHER = "#d0d0d0";

	private final Node root = new Node();

	/**
	 * @param stack from the outermost frame inwards
	 */
	public void add(List<String> stack) {
		Node node = this.root;
		node.samples++;
		for (String frame : stack) {
			node = node.callees.computeIfAbsent(frame, (name) -> new Node());
			node.samples++;
		}
	}

	public long samples() {
		return this.root.samples;
	}

	/** The SVG. */
	public String draw(String title) {
		Svg svg = new Svg(WIDTH, TITLE + MARGIN + ROW * depth(this.root, WIDTH - 2.0 * MARGIN));
		svg.text(MARGIN, 20, "start", title);
		double x = MARGIN;
		for (Map.Entry<String, Node> callee : this.root.callees.entrySet()) {
			x += draw(svg, callee.getKey(), callee.getValue(), x, 1);
		}
		return svg.toString();
	}

	private double width(Node node) {
		return (WIDTH - 2.0 * MARGIN) * node.samples / Math.max(1, this.root.samples);
	}

	private int depth(Node node, double width) {
		return (width < LEAST_WIDTH) ? 0
				: 1 + node.callees.values().stream().mapToInt((callee) -> depth(callee, width(callee))).max().orElse(0);
	}

	private double draw(Svg svg, String frame, Node node, double x, int level) {
		double width = width(node);
		if (width < LEAST_WIDTH) {
			return width;
		}
		double y = svg.height() - MARGIN - level * ROW;
		svg.rectangle(x, y, width - 0.5, ROW - 1, colour(frame), String.format(Locale.ROOT, "%s: %.1f %%, %,d samples",
				frame, 100.0 * node.samples / this.root.samples, node.samples));
		String label = shortened(frame, (int) ((width - 6) / CHARACTER));
		if (!label.isEmpty()) {
			svg.text(x + 3, y + 12, "start", label);
		}
		double callee = x;
		for (Map.Entry<String, Node> one : node.callees.entrySet()) {
			callee += draw(svg, one.getKey(), one.getValue(), callee, level + 1);
		}
		return width;
	}

	private static String colour(String frame) {
		return COLOURS.entrySet()
			.stream()
			.filter((entry) -> frame.startsWith(entry.getKey()))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(OTHER);
	}

	/** Class and method, as much of them as there is room for. */
	private static String shortened(String frame, int characters) {
		int method = frame.lastIndexOf('.');
		String name = (method < 0) ? frame : frame.substring(frame.lastIndexOf('.', method - 1) + 1);
		if (name.length() <= characters) {
			return name;
		}
		return (characters < 4) ? "" : name.substring(0, characters - 1) + "…";
	}

	/**
	 * Callees in the order of their names, so that two graphs can be laid side by side.
	 */
	private static final class Node {

		private final Map<String, Node> callees = new TreeMap<>();

		private long samples;

	}

}
