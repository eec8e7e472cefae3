package loteria.central.tcp;

import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import loteria.central.schedules.Schedules;
import loteria.central.tcp.WaitingBytes.Share;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The memory for messages, which all connections share. */
class WaitingBytesSchedules {

	private static final Duration NEVER = Duration.ofHours(1);

	private static final Runnable NOTHING = () -> {
	};

	@Test
	void isNeverOverItsLimitAndEmptyInTheEnd() {
		Schedules.each(250, () -> {
			WaitingBytes bytes = new WaitingBytes(100, NEVER);
			AtomicInteger told = new AtomicInteger();
			Runnable connection = () -> {
				Share share = bytes.open(told::incrementAndGet);
				if (share.take(60, NEVER)) {
					assertThat(bytes.taken()).isLessThanOrEqualTo(100);
					share.take(20, NEVER);
				}
				assertThat(share.isRefused() || share.bytes() == 20).isTrue();
				share.giveBack();
			};
			Schedules.together(connection, connection, connection);
			assertThat(bytes.taken()).isZero();
			assertThat(told).hasValueLessThan(3);
			return null;
		});
	}

	/** Where it is refused it is told so, or its own call says so: once. */
	@Test
	void refusesAConnectionInOneWayOnly() {
		Schedules.each(250, () -> {
			WaitingBytes bytes = new WaitingBytes(800, Duration.ofNanos(1));
			AtomicInteger told = new AtomicInteger();
			Share large = bytes.open(told::incrementAndGet);
			assertThat(large.take(420, NEVER)).isTrue();
			Schedules.together(() -> {
				Share small = bytes.open(NOTHING);
				assertThat(small.take(400, NEVER) || small.isRefused()).isTrue();
				small.giveBack();
			}, () -> {
				large.refusable(false);
				boolean refused = large.isRefused();
				assertThat(large.take(100, NEVER)).isEqualTo(!refused);
				large.giveBack();
				assertThat(large.isRefused()).isEqualTo(refused);
			});
			assertThat(bytes.taken()).isZero();
			assertThat(told).hasValue(large.isRefused() ? 1 : 0);
			return null;
		});
	}

	@Test
	void closesTheSocketOfOneThatIsRefusedWhileItSends() {
		Schedules.each(150, () -> {
			MessageMemory memory = new MessageMemory(1_000_000);
			Socket socket = new Socket();
			MessageMemory.OfConnection sending = memory.open(socket);
			sending.answered(30_000);
			assertThat(memory.answering()).isEqualTo(360_000);
			Schedules.together(() -> {
				sending.send();
				sending.answered(0);
				sending.giveBack();
			}, () -> {
				MessageMemory.OfConnection other = memory.open(new Socket());
				other.answered(30_000);
				other.giveBack();
			});
			assertThat(memory.answering()).isZero();
			assertThat(socket.isClosed()).isEqualTo(sending.isRefused());
			return null;
		});
	}

}
