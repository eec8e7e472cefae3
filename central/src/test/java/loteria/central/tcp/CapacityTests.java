package loteria.central.tcp;

import java.time.Duration;

import loteria.central.settings.CentralSettings.InvalidSettingException;
import loteria.central.settings.Connections;
import loteria.central.settings.Portion;
import loteria.central.tcp.Capacity.Lowered;
import loteria.central.tcp.Capacity.Machine;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CapacityTests {

	private static final long GIGABYTE = 1L << 30;

	@Test
	void leavesSettingsAloneThatThereIsRoomFor() {
		Capacity capacity = of(4000, new Machine(4 * GIGABYTE, 1_000_000, 40));
		assertThat(capacity.connections()).isEqualTo(wanted(4000));
		assertThat(capacity.http()).isEqualTo(200);
		assertThat(capacity.lowered()).isEmpty();
	}

	@Test
	void sharesTheDescriptorsThereAreAmongTcpAndHttp() {
		Capacity capacity = of(4000, new Machine(4 * GIGABYTE, 200, 40));
		assertThat(capacity.connections().max() + capacity.http()).isLessThanOrEqualTo(200 - 40);
		assertThat(capacity.connections().max()).isGreaterThan(90);
		assertThat(capacity.lowered()).hasSize(2)
			.map(Lowered::toString)
			.allMatch((line) -> line.contains("a process that may have 200 files open (ulimit -n)"))
			.anyMatch((line) -> line.startsWith("key: central.connections.max | value: "))
			.anyMatch((line) -> line.startsWith("key: server.tomcat.max-connections | value: "));
	}

	@Test
	void countsEveryPortOfHttp() {
		Capacity capacity = Capacity.of(wanted(4000), 200, 2, 5, false, new Machine(4 * GIGABYTE, 300, 40));
		assertThat(capacity.connections().max() + 2 * capacity.http()).isLessThanOrEqualTo(300 - 40);
	}

	@Test
	void refusesALimitOfDescriptorsThatIsNoUse() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> of(4000, new Machine(GIGABYTE, 80, 40)))
			.withMessage("the limit of open files (ulimit -n)=80 must be at least 90");
	}

	@Test
	void lowersWhatTheHeapIsTooSmallFor() {
		Capacity capacity = of(4000, new Machine(64 << 20, 1_000_000, 40));
		assertThat(capacity.connections().max()).isEqualTo((64 << 20) / 4 / MessageMemory.CONNECTION);
		assertThat(capacity.connections().maxMessage().toBytes())
			.isEqualTo(MessageMemory.longestMessage(capacity.memory()));
		assertThat(capacity.lowered()).map(Lowered::toString)
			.anyMatch((line) -> line.contains("4000 is too much for a heap of 64 MB (-Xmx)"));
	}

	@Test
	void takesAPartOfTheHeapOrASize() {
		assertThat(of(1, new Machine(GIGABYTE, 1_000_000, 40)).memory()).isEqualTo(GIGABYTE * 33 / 100);
		assertThat(new Portion("64MB").of(GIGABYTE)).isEqualTo(64 << 20);
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new Portion("much"));
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new Portion("0%"));
	}

	@Test
	void aConnectionByTlsTakesMore() {
		Machine small = new Machine(64 << 20, 100_000, 40);
		assertThat(Capacity.of(wanted(4000), 200, 1, 5, true, small).connections().max())
			.isEqualTo((64 << 20) / 4 / (MessageMemory.CONNECTION + MessageMemory.TLS));
	}

	private static Capacity of(int connections, Machine machine) {
		return Capacity.of(wanted(connections), 200, 1, 5, false, machine);
	}

	private static Connections wanted(int max) {
		return SomeLimits.of(max, Duration.ofSeconds(1), DataSize.ofMegabytes(1), "33%");
	}

}
