package loteria.central.tcp;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLSocket;

import loteria.central.RunningCentral;
import loteria.central.TlsFiles;
import loteria.tls.TestCertificates;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Certificates that are replaced, and a stop, while agencies send by TLS.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class TlsReloadTests {

	private static final int AGENCIES = 5;

	private static final Duration LIMIT = Duration.ofSeconds(60);

	@TempDir
	private Path directory;

	private TlsFiles files;

	private RunningCentral central;

	private final AtomicBoolean over = new AtomicBoolean();

	private final AtomicInteger stored = new AtomicInteger();

	@BeforeEach
	void start() {
		this.files = new TlsFiles(this.directory.resolve("certificates")).with(TestCertificates.central());
		TestCertificates.write(this.directory.resolve("http"), "central", TestCertificates.central());
		this.central = RunningCentral.start(this.directory.resolve("store"),
				this.files.settings("--spring.ssl.bundle.pem.http.keystore.certificate=file:" + http("central.pem"),
						"--spring.ssl.bundle.pem.http.keystore.private-key=file:" + http("central.key"),
						"--spring.ssl.bundle.pem.http.truststore.certificate=file:" + http("ca.pem"),
						"--server.ssl.bundle=http", "--server.ssl.client-auth=need",
						"--central.listeners.csv.ssl.client-auth=none",
						"--spring.ssl.bundle.pem.central.reload-on-update=true",
						"--spring.ssl.bundle.pem.central.options.enabled-protocols=TLSv1.3,TLSv1.2",
						"--spring.ssl.bundle.watch.file.quiet-period=100ms"));
	}

	private Path http(String file) {
		return this.directory.resolve("http").resolve(file);
	}

	@Test
	void aNewCertificateDisturbsNobody(CapturedOutput output) throws Exception {
		X509Certificate first = TestCertificates.central().certificate();
		try (RunningCentral _ = this.central; ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			assertThat(served("TLSv1.2")).isEqualTo(first);
			assertThat(health().statusCode()).isEqualTo(200);
			assertThat(health().body()).contains("\"ssl\"");
			List<Future<?>> sending = send(threads);
			X509Certificate next = TestCertificates.server("localhost", "127.0.0.1").certificate();
			this.files.with(TestCertificates.server("localhost", "127.0.0.1"));
			Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(served("TLSv1.3")).isEqualTo(next));
			awaitSome();
			assertThat(output.getAll()).doesNotContain("\tat ", "Exception", "handshake");
			// one that is worse than what there is
			Files.writeString(this.directory.resolve("certificates/central.pem"), "not a certificate\n");
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(output.getOut()).contains(
						"action: certificates | result: fail | bundle: central | reason: ",
						"; those before stay in use"));
			assertThat(served("TLSv1.3")).isEqualTo(next);
			awaitSome();
			this.over.set(true);
			for (Future<?> each : sending) {
				each.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
			}
			assertThat(this.central.bets().lines()).hasSize(this.stored.get());
		}
	}

	@Test
	void aStopUnderLoadLosesNoAnswer(CapturedOutput output) throws Exception {
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> sending = send(threads);
			awaitSome();
			this.over.set(true);
			long begun = System.nanoTime();
			this.central.stop();
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
			for (Future<?> each : sending) {
				each.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
			}
		}
		assertThat(this.central.bets().lines()).hasSize(this.stored.get());
		assertThat(output.getAll()).doesNotContain("\tat ", "Exception", "handshake");
	}

	/** Five that send a bet after the other, and connect again after ten. */
	private List<Future<?>> send(ExecutorService threads) {
		List<Future<?>> sending = new ArrayList<>();
		for (int i = 1; i <= AGENCIES; i++) {
			int agency = i;
			sending.add(threads.submit(() -> {
				while (!this.over.get()) {
					sendTen(agency);
				}
				return null;
			}));
		}
		return sending;
	}

	private void sendTen(int agency) throws IOException {
		try (Peer peer = Peer.byTls(this.central.port("lines"),
				TestCertificates.plainContext(TestCertificates.agency(agency)))) {
			for (int i = 0; i < 10 && !this.over.get(); i++) {
				peer.send("S:1\n" + agency + ";Ana;Sol;5;2000-02-29;7\n");
				String answer = peer.receiveLines(2);
				if (answer.equals("R:1\nOK\n")) {
					this.stored.incrementAndGet();
				}
				else {
					// refused in the stop, or closed before anything was said
					assertThat(this.over).isTrue();
				}
			}
		}
		catch (IOException ex) {
			if (!this.over.get()) {
				throw ex;
			}
		}
	}

	private void awaitSome() {
		int before = this.stored.get();
		Awaitility.await().atMost(LIMIT).until(() -> this.stored.get() > before + 10 * AGENCIES);
	}

	/** What the listener shows to whoever comes now, with nothing to show itself. */
	private X509Certificate served(String protocol) throws IOException {
		try (SSLSocket socket = (SSLSocket) TestCertificates.plainContext(null)
			.getSocketFactory()
			.createSocket("127.0.0.1", this.central.port("csv"))) {
			socket.setEnabledProtocols(new String[] { protocol });
			socket.startHandshake();
			return (X509Certificate) socket.getSession().getPeerCertificates()[0];
		}
	}

	private HttpResponse<String> health() throws Exception {
		try (HttpClient client = HttpClient.newBuilder()
			.sslContext(TestCertificates.plainContext(TestCertificates.agency(1)))
			.build()) {
			return client.send(HttpRequest
				.newBuilder(URI.create("https://localhost:" + this.central.httpPort() + "/actuator/health"))
				.build(), HttpResponse.BodyHandlers.ofString());
		}
	}

}
