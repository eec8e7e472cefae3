package loteria.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How far the agencies are: on a terminal a line for each, drawn again and again, or one
 * for all where it has no room for so many; elsewhere a line when there is something new
 * to say.
 */
final class Screen {

	private static final int BAR = 16;

	private static final String GREEN = "\033[32m";

	private static final String RED = "\033[31m";

	private static final String PLAIN = "\033[0m";

	private final PrintStream out;

	private final List<Agency> agencies;

	private final Terminal terminal;

	private final Map<Agency, String> shown = new HashMap<>();

	private int drawn;

	Screen(PrintStream out, List<Agency> agencies, Terminal terminal) {
		this.out = out;
		this.agencies = agencies;
		this.terminal = terminal;
	}

	void show() {
		if (this.terminal.rows() > 1) {
			redraw();
			return;
		}
		for (Agency agency : this.agencies) {
			// a quarter of the work at least, or another phase
			String news = agency.phase() + agency.sent() * 4 / (agency.total() + 1);
			if (!news.equals(this.shown.put(agency, news))) {
				this.out.printf(Locale.ROOT, "agency %d  %s  %d / %d  %s%n", agency.number(), agency.dialect().name(),
						agency.sent(), agency.total(), agency.phase());
			}
		}
	}

	private void redraw() {
		StringBuilder lines = new StringBuilder();
		if (this.drawn > 0) {
			lines.append("\033[").append(this.drawn).append('A');
		}
		if (this.agencies.size() < this.terminal.rows()) {
			this.agencies.forEach((agency) -> append(lines, line(agency), colour(agency)));
			this.drawn = this.agencies.size();
		}
		else {
			append(lines, lineOfAll(), "");
			this.drawn = 1;
		}
		this.out.print(lines);
		this.out.flush();
	}

	/** Cut where the terminal ends: one that goes on below would not be drawn over. */
	private void append(StringBuilder lines, String line, String colour) {
		String cut = line.substring(0, Math.min(line.length(), this.terminal.columns() - 1)).stripTrailing();
		lines.append("\r\033[K").append(colour).append(cut).append(colour.isEmpty() ? "" : PLAIN).append('\n');
	}

	private String colour(Agency agency) {
		if (!this.terminal.colours() || agency.isRunning()) {
			return "";
		}
		return agency.succeeded() ? GREEN : RED;
	}

	private static String line(Agency agency) {
		return String.format(Locale.ROOT, "agency %3d  %-7s  %s  %s", agency.number(), agency.dialect().name(),
				done(agency.sent(), agency.total()), pace(agency));
	}

	private String lineOfAll() {
		long ended = this.agencies.stream().filter((agency) -> !agency.isRunning()).count();
		return String.format(Locale.ROOT, "%d agencies  %s  %d ended", this.agencies.size(),
				done(this.agencies.stream().mapToLong(Agency::sent).sum(),
						this.agencies.stream().mapToLong(Agency::total).sum()),
				ended);
	}

	private static String done(long sent, long total) {
		int full = (total == 0) ? BAR : (int) Math.min(BAR, sent * BAR / total);
		return String.format(Locale.ROOT, "[%s%s]  %6d / %-6d", "=".repeat(full), " ".repeat(BAR - full), sent, total);
	}

	/** While it sends how fast, and how long it will take if it goes on like this. */
	private static String pace(Agency agency) {
		if (!agency.isRunning() || agency.sent() >= agency.total() || agency.rate() <= 0) {
			return agency.phase();
		}
		Duration left = Duration.ofSeconds((long) Math.ceil((agency.total() - agency.sent()) / agency.rate()));
		return String.format(Locale.ROOT, "%5.0f/s  %d:%02d left", agency.rate(), left.toMinutes(),
				left.toSecondsPart());
	}

	/**
	 * What there is to draw on.
	 *
	 * @param rows 0 if it is no terminal
	 */
	record Terminal(int rows, int columns, boolean colours) {

		static final Terminal NONE = new Terminal(0, 0, false);

		/**
		 * @param size {@code <rows>x<columns>}, or empty
		 */
		static Terminal of(String size, Map<String, String> environment) {
			String[] sides = size.split("x");
			if (sides.length != 2 || "dumb".equals(environment.get("TERM"))) {
				return NONE;
			}
			return new Terminal(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]),
					environment.getOrDefault("NO_COLOR", "").isEmpty());
		}

	}

}
