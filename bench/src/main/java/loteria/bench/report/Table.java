package loteria.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows under columns; all but the first column hold figures.
 */
public record Table(String title, List<String> columns, List<List<String>> rows) {

	public static Table of(String title, String... columns) {
		return new Table(title, List.of(columns), new ArrayList<>());
	}

	public Table row(String... cells) {
		if (cells.length != this.columns.size()) {
			throw new IllegalArgumentException(cells.length + " cells in " + this.columns.size() + " columns");
		}
		this.rows.add(List.of(cells));
		return this;
	}

	/** For a terminal. */
	public String toText() {
		List<Integer> widths = new ArrayList<>();
		for (int column = 0; column < this.columns.size(); column++) {
			int index = column;
			widths.add(this.rows.stream()
				.mapToInt((row) -> row.get(index).length())
				.reduce(this.columns.get(column).length(), Math::max));
		}
		StringBuilder text = new StringBuilder(this.title).append('\n');
		append(text, this.columns, widths);
		this.rows.forEach((row) -> append(text, row, widths));
		return text.toString();
	}

	private static void append(StringBuilder text, List<String> cells, List<Integer> widths) {
		for (int column = 0; column < cells.size(); column++) {
			String padding = " ".repeat(widths.get(column) - cells.get(column).length());
			text.append("  ").append((column == 0) ? cells.get(column) + padding : padding + cells.get(column));
		}
		text.append('\n');
	}

	public String toMarkdown() {
		StringBuilder markdown = new StringBuilder("**").append(this.title).append("**\n\n");
		markdown.append(markdown(this.columns));
		markdown.append(markdown(this.columns.stream().map((column) -> "--:").toList()).replaceFirst("--:", "---"));
		this.rows.forEach((row) -> markdown.append(markdown(row)));
		return markdown.toString();
	}

	private static String markdown(List<String> cells) {
		return cells.stream().map((cell) -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
	}

}
