package loteria.bench.section;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import loteria.bench.load.Bets;
import loteria.bench.load.Shape;
import loteria.bench.subject.Central;
import loteria.bench.subject.Workplace;

/**
 * What all measurements have in common.
 *
 * @param data where {@code bets} come from
 * @param centrals the one that is measured, and those it is compared with; all speak
 * {@code lines}
 * @param agency the jar
 * @param agencyJvm its options of Java
 * @param trained where both programs are unpacked with what makes them start faster
 * @param out where to say what is being done
 */
public record Setup(Workplace workplace, Path data, Bets bets, List<Central> centrals, Path agency,
		List<String> agencyJvm, Path trained, Scale scale, PrintWriter out) {

	/** As in every figure that has no other number: the course's five agencies. */
	static final int AGENCIES = 5;

	/** Full steam. */
	Shape shape(int connections, int batch, int window) {
		return new Shape(connections, batch, window, this.scale.bets(), this.scale.limit(), 0);
	}

	Central central() {
		return this.centrals.getFirst();
	}

	/** And the one that is measured as Java would start it. */
	List<Central> centralsBothWays() {
		List<Central> all = new ArrayList<>(this.centrals);
		all.add(1, central().thorough());
		return all;
	}

	void say(String format, Object... values) {
		this.out.printf(Locale.ROOT, "  %s%n", String.format(Locale.ROOT, format, values));
		this.out.flush();
	}

	/** What nobody should overlook. */
	public void warn(String format, Object... values) {
		this.out.printf(Locale.ROOT, "%n!!!! bench: %s%n%n", String.format(Locale.ROOT, format, values));
		this.out.flush();
	}

}
