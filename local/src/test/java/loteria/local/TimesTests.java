package loteria.local;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import loteria.protocol.Dialects;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TimesTests {

	private static final long SECOND = 1_000_000_000;

	private final AtomicLong now = new AtomicLong();

	@Test
	void tellsSendingAndDrawingApartFromStarting() {
		Agency first = agency();
		Agency second = agency();
		stores(first, 12);
		stores(second, 13);
		stores(second, 14);
		stores(first, 15);
		assertThat(Times.of(10 * SECOND, List.of(first, second), 19 * SECOND)).isEqualTo(new Times(2, 3, 4));
	}

	@Test
	void whereNothingWasSentAllWasStarting() {
		assertThat(Times.of(10 * SECOND, List.of(agency()), 19 * SECOND)).isEqualTo(new Times(9, 0, 0));
	}

	private Agency agency() {
		return new Agency(1, Dialects.named("csv").orElseThrow(), 99, Path.of("unused"), this.now::get);
	}

	private void stores(Agency agency, int second) {
		this.now.set(second * SECOND);
		agency.heard("action: apuesta_enviada | result: success | cantidad: 1");
	}

}
