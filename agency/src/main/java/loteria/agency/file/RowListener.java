package loteria.agency.file;

/**
 * Told of the rows of a file, in their order, as they are read.
 */
public interface RowListener {

	void valid();

	void skipped(SkippedRow row);

}
