package loteria.agency.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many rows of a file can be sent, how many can't, and what most of those have in
 * common.
 */
public final class RowCount implements RowListener {

	/** Skipped rows that are remembered. */
	private static final int EXAMPLES = 5;

	private final Map<LikelyCause, Found> causes = new EnumMap<>(LikelyCause.class);

	private final List<SkippedRow> examples = new ArrayList<>();

	private long valid;

	private long skipped;

	@Override
	public void valid() {
		this.valid++;
	}

	@Override
	public void skipped(SkippedRow row) {
		this.skipped++;
		this.causes.merge(row.cause(), new Found(row, 1), (before, _) -> new Found(before.first(), before.rows() + 1));
		if (this.examples.size() < EXAMPLES) {
			this.examples.add(row);
		}
	}

	public long rows() {
		return this.valid + this.skipped;
	}

	/** Rows that can be sent. */
	public long sendable() {
		return this.valid;
	}

	/** Rows that can't. */
	public long skipped() {
		return this.skipped;
	}

	/** The first skipped rows. */
	public List<SkippedRow> examples() {
		return List.copyOf(this.examples);
	}

	/** What most of the skipped rows may suffer from, with one of them, in words. */
	public String guess() {
		return this.causes.entrySet()
			.stream()
			.max(Comparator.comparingLong((entry) -> entry.getValue().rows()))
			.map((most) -> most.getKey() + "; " + example(most.getValue().first()))
			.orElse("");
	}

	private static String example(SkippedRow row) {
		return row.place() + ", for one: " + row.why();
	}

	/**
	 * The rows that may suffer from one cause.
	 */
	private record Found(SkippedRow first, long rows) {

	}

}
