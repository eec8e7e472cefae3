package loteria.local;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How far the agencies are: a line for each, drawn again and again on a terminal that has
 * room for them; elsewhere a line when there is something new to say.
 */
final class Screen {

	private final PrintStream out;

	private final List<Agency> agencies;

	private final boolean redraws;

	private final Map<Agency, String> shown = new HashMap<>();

	private boolean drawn;

	/**
	 * @param rows of the terminal; 0 if it is none
	 */
	Screen(PrintStream out, List<Agency> agencies, int rows) {
		this.out = out;
		this.agencies = agencies;
		this.redraws = agencies.size() < rows;
	}

	void show() {
		if (this.redraws) {
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
		if (this.drawn) {
			lines.append("\033[").append(this.agencies.size()).append('A');
		}
		this.drawn = true;
		for (Agency agency : this.agencies) {
			lines.append("\r\033[K")
				.append(String.format(Locale.ROOT, "agency %4d  %-7s  %9d / %-9d  %s%n", agency.number(),
						agency.dialect().name(), agency.sent(), agency.total(), agency.phase()));
		}
		this.out.print(lines);
		this.out.flush();
	}

}
