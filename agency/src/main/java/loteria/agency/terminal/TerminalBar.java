package loteria.agency.terminal;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A bar on a terminal.
 */
final class TerminalBar implements ProgressDisplay {

	private static final int REDRAW_MILLIS = 200;

	private static final int KILO = 1024;

	private static final DecimalFormat WHOLE = new DecimalFormat("0", DecimalFormatSymbols.getInstance(Locale.ROOT));

	private final ProgressBar bar;

	/**
	 * @param size of the whole file in bytes
	 */
	TerminalBar(int agency, long size, BottomLine line) {
		this.bar = new ProgressBarBuilder().setTaskName("agency " + agency)
			.setInitialMax(size)
			.setUnit(" kB", KILO)
			.showSpeed(WHOLE)
			.setUpdateIntervalMillis(REDRAW_MILLIS)
			.setStyle(ProgressBarStyle.ASCII)
			.setConsumer(line)
			.build();
	}

	@Override
	public void reached(long bytes) {
		this.bar.stepTo(bytes);
	}

	@Override
	public void close() {
		this.bar.close();
	}

}
