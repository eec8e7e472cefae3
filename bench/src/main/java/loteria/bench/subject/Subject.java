package loteria.bench.subject;

import java.io.IOException;

import loteria.bench.load.Wire;

/**
 * A program that takes batches of bets and answers when they are on disk.
 */
public interface Subject {

	/** As in a table. */
	String name();

	Wire wire();

	/** Starts it with nothing stored, and returns when it can be connected to. */
	Running start(Workplace workplace) throws IOException;

}
