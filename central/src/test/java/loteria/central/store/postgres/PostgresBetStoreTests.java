package loteria.central.store.postgres;

import loteria.central.store.BetStore;
import loteria.central.store.BetStoreContract;

class PostgresBetStoreTests extends BetStoreContract {

	private final String draw = TestDatabase.newDraw();

	@Override
	protected BetStore open() throws Exception {
		return TestDatabase.open(this.draw);
	}

}
