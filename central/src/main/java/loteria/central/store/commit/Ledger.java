package loteria.central.store.commit;

/**
 * What is durable of each agency.
 */
public interface Ledger {

	/** How many bets come before its next. */
	long next(int agency);

	/** Whether it has finished. */
	boolean isClosed(int agency);

}
