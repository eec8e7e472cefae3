package loteria.agency.file;

import loteria.bet.InvalidBet;

/**
 * Told of the rows of a file, in their order, as they are read.
 */
public interface RowListener {

	/** For a pass over the file that another follows. */
	RowListener NONE = new RowListener() {

		@Override
		public void valid() {
		}

		@Override
		public void skipped(long line, InvalidBet why) {
		}

	};

	void valid();

	void skipped(long line, InvalidBet why);

}
