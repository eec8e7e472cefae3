package loteria.protocol;

import java.util.Locale;

import loteria.protocol.Refusal.Reason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalTests {

	@Test
	void readsAsReasonAndDetail() {
		assertThat(new Refusal(Reason.INVALID_BET, "bet 1")).hasToString("invalid_bet: bet 1");
		assertThat(new Refusal(Reason.UNSAID, "agency_closed: agency 5")).hasToString("agency_closed: agency 5");
	}

	@Test
	void tagsReadTheSameInEveryLocale() {
		Locale before = Locale.getDefault();
		try {
			Locale.setDefault(Locale.of("tr"));
			assertThat(Reason.INVALID_BET.tag()).isEqualTo("invalid_bet");
		}
		finally {
			Locale.setDefault(before);
		}
	}

}
