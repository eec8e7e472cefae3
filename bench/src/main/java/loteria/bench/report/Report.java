package loteria.bench.report;

import java.util.List;
import java.util.Map;

/**
 * What one measurement found.
 *
 * @param notes sentences below the tables
 * @param pictures SVG by file name
 * @param runs every single figure, for whoever wants to compute with them
 */
public record Report(List<Table> tables, List<String> notes, Map<String, String> pictures, List<?> runs) {

	public static Report of(Table table, List<?> runs) {
		return new Report(List.of(table), List.of(), Map.of(), runs);
	}

}
