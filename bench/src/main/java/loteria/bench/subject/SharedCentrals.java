package loteria.bench.subject;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import loteria.bench.load.Wire;

/**
 * Centrals that keep their bets in one PostgreSQL.
 */
public record SharedCentrals(String name, Central central, Postgres postgres, int count) implements Subject {

	private static final String DATABASE = "lottery";

	/** Of a load, how many bets a transaction stored, on average. */
	private static final String BETS_A_TRANSACTION = "SELECT count(*) / greatest(1, count(DISTINCT xmin::text)) FROM bets";

	@Override
	public Wire wire() {
		return this.central.wire();
	}

	@Override
	public Running start(Workplace workplace) throws IOException {
		List<Running> centrals = new ArrayList<>();
		Running database = this.postgres.start(workplace);
		try {
			Postgres.ask(database, PostgresWire.DATABASE, "CREATE DATABASE " + DATABASE);
			for (int i = 0; i < this.count; i++) {
				centrals.add(this.central.start(workplace, "jdbc:postgresql://127.0.0.1:" + database.address().getPort()
						+ "/" + DATABASE + "?user=" + PostgresWire.USER));
			}
			return Running.together(centrals, database);
		}
		catch (IOException ex) {
			for (Running central : centrals) {
				central.close();
			}
			database.close();
			throw ex;
		}
	}

	/** How many bets a statement had, on average. */
	public static int statement(Running running) throws IOException {
		return Integer.parseInt(Postgres.ask(running.behind(), DATABASE, BETS_A_TRANSACTION));
	}

}
