package loteria.central.store.postgres;

import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the catalogue of the database says of the tables: engines that shard must be able
 * to take them, and nothing on the way of a batch may be one for all agencies.
 */
class SchemaTests {

	private static final String OURS = " c.relnamespace = 'public'::regnamespace AND c.relname <> 'flyway_schema_history' ";

	@BeforeAll
	static void migrate() throws Exception {
		TestDatabase.open(TestDatabase.newDraw()).close();
	}

	@Test
	void everyKeyLeadsWithDrawAndAgency() throws Exception {
		List<String> keys = TestDatabase.query("""
				SELECT c.relname || ': ' || (
					SELECT string_agg(a.attname, ', ' ORDER BY k.at)
					FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(column_number, at)
					JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.column_number)
				FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
				WHERE i.indisunique AND""" + OURS + "ORDER BY 1");
		assertThat(keys).containsExactly("agencies: draw, agency", "bets: draw, agency, seq", "draws: draw, agency")
			.allSatisfy((key) -> assertThat(key).matches("\\w+: draw, agency(, .+)?"));
	}

	@Test
	void everyTableHasAKey() throws Exception {
		assertThat(TestDatabase.query("SELECT c.relname FROM pg_class c WHERE c.relkind IN ('r', 'p') AND" + OURS
				+ "AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)"))
			.isEmpty();
		assertThat(TestDatabase.query("SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND" + OURS)).hasSize(3);
	}

	@Test
	void hasNoForeignKeysTriggersSequencesOrRules() throws Exception {
		assertThat(TestDatabase.query("SELECT conname FROM pg_constraint WHERE contype = 'f'")).isEmpty();
		assertThat(TestDatabase.query("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")).isEmpty();
		assertThat(TestDatabase.query("SELECT c.relname FROM pg_class c WHERE c.relkind = 'S' AND" + OURS)).isEmpty();
		assertThat(TestDatabase.query("SELECT rulename FROM pg_rules WHERE schemaname = 'public'")).isEmpty();
	}

	@Test
	void storingTakesNoAdvisoryLock() throws Exception {
		String draw = TestDatabase.newDraw();
		try (PostgresBetStore store = TestDatabase.open(draw)) {
			TestBets.store(store, 1, 100);
			assertThat(TestDatabase.query(
					"SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"))
				.isEmpty();
		}
	}

}
