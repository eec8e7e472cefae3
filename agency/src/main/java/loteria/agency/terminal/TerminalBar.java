package loteria.agency.terminal;

import java.io.PrintStream;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A bar on a terminal.
 */
public final class TerminalBar implements ProgressDisplay {

	private static final int REDRAW_MILLIS = 200;

	private static final int WIDTH = 78;

	private static final int KILO = 1024;

	private final ProgressBar bar;

	/**
	 * @param size of the whole file in bytes
	 */
	public TerminalBar(int agency, long size, PrintStream terminal) {
		this.bar = new ProgressBarBuilder().setTaskName("agency " + agency)
			.setInitialMax(size)
			.setUnit(" kB", KILO)
			.setUpdateIntervalMillis(REDRAW_MILLIS)
			.setStyle(ProgressBarStyle.ASCII)
			.setConsumer(new ConsoleProgressBarConsumer(terminal, WIDTH))
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
