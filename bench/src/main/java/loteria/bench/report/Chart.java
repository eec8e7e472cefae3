package loteria.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * Lines over a logarithmic axis: how something grows.
 *
 * @param x what the axis below counts
 * @param y what the axis at the left counts, from 0 on
 * @param series by name, from x to y
 */
public record Chart(String title, String x, String y, Map<String, Map<Double, Double>> series) {

	private static final int WIDTH = 720;

	private static final int HEIGHT = 400;

	private static final int LEFT = 80;

	private static final int RIGHT = 20;

	private static final int TOP = 60;

	private static final int BOTTOM = 50;

	private static final int LINES = 5;

	private static final List<String> COLOURS = List.of("#1f5fa8", "#d9822b", "#4a9b4f", "#a8324a", "#6b4fa0",
			"#555555");

	/** The SVG. */
	public String draw() {
		double left = bound((points) -> points.keySet().stream().mapToDouble(Math::log10).min().orElse(0), Math::min);
		double right = bound((points) -> points.keySet().stream().mapToDouble(Math::log10).max().orElse(1), Math::max);
		double top = top(bound((points) -> points.values().stream().mapToDouble((y) -> y).max().orElse(1), Math::max));
		Svg svg = new Svg(WIDTH, HEIGHT);
		svg.text(LEFT, 20, "start", this.title);
		svg.text(LEFT - 8, TOP - 12, "end", this.y);
		svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", this.x);
		for (int i = 0; i <= LINES; i++) {
			double at = y(top * i / LINES, top);
			svg.line(LEFT, at, WIDTH - RIGHT, at, (i == 0) ? "#000000" : "#dddddd");
			svg.text(LEFT - 8, at + 4, "end", label(top * i / LINES));
		}
		List<Double> ticks = new ArrayList<>();
		this.series.values().forEach((points) -> ticks.addAll(points.keySet()));
		for (double tick : ticks.stream().distinct().sorted().toList()) {
			double at = x(tick, left, right);
			svg.line(at, HEIGHT - BOTTOM, at, HEIGHT - BOTTOM + 5, "#000000");
			svg.text(at, HEIGHT - BOTTOM + 18, "middle", label(tick));
		}
		double legend = LEFT;
		int colour = 0;
		for (Map.Entry<String, Map<Double, Double>> one : this.series.entrySet()) {
			String stroke = COLOURS.get(colour++ % COLOURS.size());
			StringBuilder path = new StringBuilder();
			one.getValue().forEach((x, y) -> {
				path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(x, left, right), y(y, top)));
				svg.dot(x(x, left, right), y(y, top), stroke);
			});
			svg.path(path.toString().strip(), stroke);
			svg.rectangle(legend, 30, 10, 10, stroke, "");
			svg.text(legend + 14, 39, "start", one.getKey());
			legend += 30 + 7 * one.getKey().length();
		}
		return svg.toString();
	}

	private double bound(ToDoubleFunction<Map<Double, Double>> of, DoubleBinaryOperator choice) {
		return this.series.values().stream().mapToDouble(of).reduce(choice).orElse(1);
	}

	/** The next of 1, 2, 2.5 and 5 times a power of ten. */
	private static double top(double highest) {
		double power = Math.pow(10, Math.floor(Math.log10(Math.max(highest, 1e-9))));
		for (double factor : new double[] { 1, 2, 2.5, 5 }) {
			if (highest <= factor * power) {
				return factor * power;
			}
		}
		return 10 * power;
	}

	private static double x(double value, double left, double right) {
		double share = (right > left) ? (Math.log10(value) - left) / (right - left) : 0.5;
		return LEFT + 15 + share * (WIDTH - LEFT - RIGHT - 30);
	}

	private static double y(double value, double top) {
		return HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM);
	}

	private static String label(double value) {
		if (value >= 1_000_000) {
			return String.format(Locale.ROOT, "%sM", trimmed(value / 1_000_000));
		}
		return (value >= 10_000) ? String.format(Locale.ROOT, "%sk", trimmed(value / 1_000)) : trimmed(value);
	}

	private static String trimmed(double value) {
		return String.format(Locale.ROOT, "%.2f", value).replaceFirst("\\.?0+$", "");
	}

}
