package loteria.bench.section;

import java.io.IOException;

import loteria.bench.report.Report;

/**
 * One measurement.
 */
public interface Section {

	Report run(Setup setup) throws IOException;

}
