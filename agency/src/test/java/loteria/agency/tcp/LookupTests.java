package loteria.agency.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import loteria.agency.ending.StopSwitch;
import loteria.agency.ending.StoppedException;
import loteria.agency.tcp.Lookup.Names;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

@Timeout(120)
class LookupTests {

	private final CountDownLatch never = new CountDownLatch(1);

	private final StopSwitch stop = new StopSwitch();

	private int asked;

	@Test
	void asksEachTime() throws IOException {
		Lookup lookup = lookup(Duration.ofSeconds(10), (host) -> new InetAddress[++this.asked]);
		assertThat(lookup.addresses("central")).hasSize(1);
		assertThat(lookup.addresses("central")).hasSize(2);
		assertThat(Security.getProperty("networkaddress.cache.ttl")).isEqualTo("0");
		assertThat(Security.getProperty("networkaddress.cache.negative.ttl")).isEqualTo("0");
	}

	@Test
	void saysThatThereIsNone() {
		Lookup lookup = lookup(Duration.ofSeconds(10), (host) -> {
			throw new UnknownHostException(host);
		});
		assertThatIOException().isThrownBy(() -> lookup.addresses("central")).withMessage("no address for central");
	}

	@Test
	void leavesANameServerThatDoesNotAnswer() {
		Lookup lookup = lookup(Duration.ofMillis(900), this::hang);
		assertThatIOException().isThrownBy(() -> lookup.addresses("central"))
			.withMessageMatching("no address for central within [0-9]{3} ms");
	}

	@Test
	void endsWhenTheAgencyIsStopped() {
		Lookup lookup = lookup(Duration.ofSeconds(60), (host) -> {
			this.stop.stop("SIGTERM");
			return hang(host);
		});
		assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> lookup.addresses("central"));
	}

	private Lookup lookup(Duration limit, Names names) {
		return new Lookup(names, new Patience(limit, this.stop), this.stop);
	}

	private InetAddress[] hang(String host) {
		try {
			this.never.await();
			return new InetAddress[0];
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
