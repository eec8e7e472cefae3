package loteria.central.http;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VisitorsTests {

	private static final InetAddress ONE = InetAddress.ofLiteral("10.0.0.1");

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

	private final Visitors visitors = new Visitors(10, this.now::get);

	private long allowed(InetAddress address, int times) {
		return IntStream.range(0, times).filter((i) -> this.visitors.may(address)).count();
	}

	@Test
	void allowsSoManyASecondWhateverIsRefusedMeanwhile() {
		assertThat(allowed(ONE, 1000)).isEqualTo(40);
		for (int second = 0; second < 3; second++) {
			this.now.addAndGet(Duration.ofSeconds(1).toNanos());
			assertThat(allowed(ONE, 1000)).isEqualTo(10);
		}
		this.now.addAndGet(Duration.ofHours(1).toNanos());
		assertThat(allowed(ONE, 1000)).isEqualTo(40);
	}

	@Test
	void countsAddressesApartAndNetworksOfTheNewKindAsOne() {
		allowed(ONE, 1000);
		assertThat(allowed(InetAddress.ofLiteral("10.0.0.2"), 1000)).isEqualTo(40);
		assertThat(allowed(InetAddress.ofLiteral("fd00:0:0:1::1"), 1000)).isEqualTo(40);
		assertThat(allowed(InetAddress.ofLiteral("fd00:0:0:1:5::2"), 1000)).isZero();
		assertThat(allowed(InetAddress.ofLiteral("fd00:0:0:2::1"), 1000)).isEqualTo(40);
	}

	@Test
	void allowsAllAddressesTogetherFourTimesAsManyAndThenEachOneASecond() {
		long allowed = IntStream.range(0, 100)
			.mapToLong((i) -> allowed(InetAddress.ofLiteral("10.0.1." + i), 1000))
			.sum();
		assertThat(allowed).isEqualTo(4 * 40 + 96 * 4);
		assertThat(allowed(ONE, 1000)).as("a new address").isEqualTo(4);
		this.now.addAndGet(Duration.ofSeconds(4).toNanos());
		assertThat(allowed(ONE, 1000)).isEqualTo(40);
	}

	@Test
	void allowsEverythingWhereThereIsNoRate() {
		Visitors any = new Visitors(0, this.now::get);
		assertThat(IntStream.range(0, 1000).allMatch((i) -> any.may(ONE))).isTrue();
	}

}
