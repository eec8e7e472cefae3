package loteria.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import loteria.tls.TlsFailure.Kind;
import loteria.tls.TestCertificates.Issued;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Our side of TLS against Java's own sockets, and against itself.
 */
@Timeout(180)
class TlsConnectionTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private Socket near;

	private Socket far;

	@BeforeEach
	void connect() throws IOException {
		try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.far = new Socket(listener.getInetAddress(), listener.getLocalPort());
			this.near = listener.accept();
		}
		this.near.setSoTimeout(60_000);
		this.far.setSoTimeout(60_000);
	}

	@AfterEach
	void close() throws IOException {
		this.near.close();
		this.far.close();
		this.threads.shutdownNow();
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.3", "TLSv1.2" })
	void carriesAnyBytesBothWays(String version) throws Exception {
		byte[] much = new byte[1_000_000];
		new Random(1).nextBytes(much);
		TlsConnection server = new TlsConnection(this.near,
				serverEngine(TestCertificates.central(), "TLSv1.2", "TLSv1.3"));
		Future<byte[]> back = this.threads.submit(() -> {
			SSLSocket client = javaClient(TestCertificates.agency(3), version);
			Future<?> sent = this.threads.submit(() -> {
				client.getOutputStream().write(much);
				return null;
			});
			byte[] echoed = client.getInputStream().readNBytes(much.length);
			sent.get();
			client.close();
			return echoed;
		});
		server.handshake(LIMIT);
		assertThat(server.describe()).startsWith(version + " ");
		assertThat(AgencyName.in(server.peer())).hasValue(3);
		byte[] here = server.in().readNBytes(much.length);
		server.out().write(here);
		assertThat(server.in().read()).isEqualTo(-1);
		// Java's socket waits for it
		server.endOutput();
		assertThat(get(back)).isEqualTo(much);
	}

	@Test
	void ourClientSpeaksToJavasServer() throws Exception {
		Future<String> heard = this.threads.submit(() -> {
			SSLSocket server = (SSLSocket) TestCertificates.plainContext(TestCertificates.central())
				.getSocketFactory()
				.createSocket(this.near, null, true);
			server.setNeedClientAuth(true);
			String all = text(server.getInputStream());
			server.getOutputStream().write(("heard " + all).getBytes(StandardCharsets.UTF_8));
			server.close();
			return all;
		});
		TlsConnection client = new TlsConnection(this.far, clientEngine(TestCertificates.agency(1), "localhost"));
		client.handshake(LIMIT);
		client.out().write("half-closed".getBytes(StandardCharsets.UTF_8));
		client.endOutput();
		assertThat(text(client.in())).isEqualTo("heard half-closed");
		assertThat(get(heard)).isEqualTo("half-closed");
	}

	@Test
	void goesOnAfterATimeoutInTheMiddleOfARecord() throws Exception {
		TlsConnection server = pair(TestCertificates.agency(1));
		byte[] record = recordOf("slow");
		this.near.setSoTimeout(50);
		this.far.getOutputStream().write(record, 0, 7);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> server.in().read());
		this.far.getOutputStream().write(record, 7, record.length - 8);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> server.in().read());
		this.far.getOutputStream().write(record, record.length - 1, 1);
		this.near.setSoTimeout(60_000);
		assertThat(new String(server.in().readNBytes(4), StandardCharsets.UTF_8)).isEqualTo("slow");
	}

	@Test
	void seesWhatIsThereInTheShortestOfTimes() throws Exception {
		TlsConnection server = pair(TestCertificates.agency(1));
		byte[] record = recordOf("x");
		this.far.getOutputStream().write(record);
		while (this.near.getInputStream().available() < record.length) {
			Thread.onSpinWait();
		}
		this.near.setSoTimeout(1);
		assertThat(server.in().read()).isEqualTo('x');
	}

	/** A peer must not hold a reader by a byte of a record now and then. */
	@Test
	void theTimeLimitIsThatOfAWholeRead() throws Exception {
		TlsConnection server = pair(TestCertificates.agency(1));
		byte[] record = recordOf("x".repeat(10_000));
		Future<?> dripping = this.threads.submit(() -> {
			for (byte one : record) {
				this.far.getOutputStream().write(one);
				TimeUnit.MILLISECONDS.sleep(20);
			}
			return null;
		});
		this.near.setSoTimeout(400);
		long begun = System.nanoTime();
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> server.in().read());
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(Duration.ofMillis(350),
				Duration.ofSeconds(60));
		assertThat(this.near.getSoTimeout()).isEqualTo(400);
		dripping.cancel(true);
	}

	@Test
	void anyOtherThreadEndsAWaitByClosingTheSocket() throws Exception {
		TlsConnection server = pair(TestCertificates.agency(1));
		Future<Throwable> reading = this.threads
			.submit(() -> catchThrowableOfType(IOException.class, server.in()::read));
		this.near.close();
		assertThat(get(reading)).isNotNull();
	}

	@Test
	void aWriteThatNobodyTakesIsSeenFromOutside() throws Exception {
		TlsConnection server = pair(TestCertificates.agency(1));
		assertThat(server.isStuckFor(Duration.ZERO)).isFalse();
		Future<Throwable> writing = this.threads.submit(
				() -> catchThrowableOfType(IOException.class, () -> server.out().write(new byte[64 * 1024 * 1024])));
		while (!server.isStuckFor(Duration.ofMillis(200))) {
			assertThat(writing.isDone()).isFalse();
			Thread.onSpinWait();
		}
		this.near.close();
		assertThat(get(writing)).isNotNull();
	}

	@Test
	void plainTextIsNamed() throws Exception {
		this.far.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
		assertFails(Kind.NOT_TLS, "this is no TLS, but plain: \"GET / HTTP/1.1\" …");
	}

	@Test
	void whoSaysNothingIsCutOffInTime() throws Exception {
		this.near.setSoTimeout(0);
		TlsFailure failure = catchThrowableOfType(TlsFailure.class, () -> server().handshake(Duration.ofMillis(100)));
		assertThat(failure.kind()).isEqualTo(Kind.TOO_SLOW);
		assertThat(failure).hasMessage("no complete handshake within 100 ms");
	}

	@Test
	void whoClosesInTheMiddleIsNamed() throws Exception {
		this.far.getOutputStream().write(new byte[] { 22, 3, 1 });
		this.far.close();
		assertFails(Kind.CLOSED, "the peer closed the connection in the middle of the handshake");
	}

	@Test
	void anOldVersionIsNamed() throws Exception {
		// a hello of TLS 1.1, as openssl s_client -tls1_1 says it
		byte[] random = new byte[32];
		byte[] hello = { 22, 3, 1, 0, 45, 1, 0, 0, 41, 3, 2 };
		byte[] message = Arrays.copyOf(hello, hello.length + random.length + 7);
		message[hello.length + random.length + 2] = 2;
		message[hello.length + random.length + 4] = 47;
		message[hello.length + random.length + 5] = 1;
		this.far.getOutputStream().write(message);
		TlsFailure failure = fails();
		assertThat(failure.kind()).isEqualTo(Kind.VERSION);
		assertThat(failure).hasMessageStartingWith("no version of TLS that both sides allow: ")
			.hasMessageContaining("TLSv1.1");
	}

	@Test
	void aCertificateThatIsMissingIsNamedOnBothSides() throws Exception {
		assertBothFail(null, TestCertificates.central(), "localhost", Kind.NO_CERTIFICATE,
				"the peer has no certificate to show", Kind.REFUSED_BY_PEER,
				"the peer demands a certificate that it trusts, and was shown none (alert certificate_required)");
	}

	@Test
	void aCertificateByAnotherAuthorityIsNamedOnBothSides() throws Exception {
		assertBothFail(TestCertificates.foreignAgency(1), TestCertificates.central(), "localhost", Kind.UNTRUSTED,
				"the certificate of CN=agency-1 is by CN=other authority, or by who has that name, and that is not trusted here",
				Kind.REFUSED_BY_PEER,
				"the peer does not accept the certificate it was shown (alert certificate_unknown)");
	}

	@Test
	void anExpiredCertificateIsNamed() throws Exception {
		Issued expired = TestCertificates.expiredAgency(1);
		assertBothFail(expired, TestCertificates.central(), "localhost", Kind.EXPIRED,
				"the certificate of CN=agency-1 expired on " + expired.certificate().getNotAfter().toInstant(),
				Kind.REFUSED_BY_PEER,
				"the peer does not accept the certificate it was shown (alert certificate_unknown)");
	}

	@Test
	void aCertificateThatNamesNoAgencyIsNamed() throws Exception {
		assertBothFail(TestCertificates.server("elsewhere"), TestCertificates.central(), "localhost", Kind.OTHER_NAME,
				"the certificate of CN=central names no agency, or several: it takes one urn:loteria:agency:<n>",
				Kind.REFUSED_BY_PEER,
				"the peer does not accept the certificate it was shown (alert certificate_unknown)");
	}

	@Test
	void aServerOfAnotherNameIsNamed() throws Exception {
		assertBothFail(TestCertificates.agency(1), TestCertificates.server("elsewhere", "10.0.0.1"), "localhost",
				Kind.REFUSED_BY_PEER,
				"the peer does not accept the certificate it was shown (alert certificate_unknown)", Kind.OTHER_NAME,
				"the certificate of CN=central is for elsewhere, 10.0.0.1, not for localhost");
	}

	@Test
	void aServerByAnotherAuthorityIsNamed() throws Exception {
		assertBothFail(TestCertificates.agency(1), TestCertificates.foreignCentral(), "localhost", Kind.REFUSED_BY_PEER,
				"the peer does not accept the certificate it was shown (alert certificate_unknown)", Kind.UNTRUSTED,
				"the certificate of CN=central is by CN=other authority, or by who has that name, and that is not trusted here");
	}

	@Test
	void aServerThatIsNotValidYetIsNamed() throws Exception {
		Issued early = TestCertificates.notYetValidCentral();
		assertBothFail(TestCertificates.agency(1), early, "localhost", Kind.REFUSED_BY_PEER,
				"the peer does not accept the certificate it was shown (alert bad_certificate)", Kind.EXPIRED,
				"the certificate of CN=central is not valid before " + early.certificate().getNotBefore().toInstant()
						+ ", by the clock of this machine");
	}

	private void assertBothFail(@Nullable Issued agency, Issued central, String host, Kind servers, String toServer,
			Kind clients, String toClient) throws Exception {
		Future<TlsFailure> client = this.threads.submit(() -> catchThrowableOfType(TlsFailure.class, () -> {
			TlsConnection connection = new TlsConnection(this.far, clientEngine(agency, host));
			connection.handshake(LIMIT);
			// in TLS 1.3 a client is through before the server has looked at its
			// certificate
			connection.in().read();
		}));
		TlsFailure server = catchThrowableOfType(TlsFailure.class,
				() -> new TlsConnection(this.near, serverEngine(central, "TLSv1.3")).handshake(LIMIT));
		assertThat(server).hasMessage(toServer);
		assertThat(server.kind()).isEqualTo(servers);
		assertThat(get(client)).hasMessage(toClient);
		assertThat(client.get().kind()).isEqualTo(clients);
	}

	private void assertFails(Kind kind, String message) throws IOException {
		TlsFailure failure = fails();
		assertThat(failure).hasMessage(message);
		assertThat(failure.kind()).isEqualTo(kind);
	}

	private TlsFailure fails() throws IOException {
		TlsConnection server = server();
		return catchThrowableOfType(TlsFailure.class, () -> server.handshake(LIMIT));
	}

	private TlsConnection server() throws IOException {
		return new TlsConnection(this.near, serverEngine(TestCertificates.central(), "TLSv1.3"));
	}

	private SSLEngine farEngine = clientEngine(TestCertificates.agency(1), "localhost");

	/**
	 * A server that has shaken hands with an engine of ours, which writes to the far
	 * socket.
	 */
	private TlsConnection pair(Issued agency) throws Exception {
		this.farEngine = clientEngine(agency, "localhost");
		Future<?> client = this.threads.submit(() -> {
			new TlsConnection(this.far, this.farEngine).handshake(LIMIT);
			return null;
		});
		TlsConnection server = server();
		server.handshake(LIMIT);
		get(client);
		return server;
	}

	private byte[] recordOf(String text) throws IOException {
		ByteBuffer record = ByteBuffer.allocate(20_000);
		this.farEngine.wrap(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), record);
		return Arrays.copyOf(record.array(), record.position());
	}

	private SSLSocket javaClient(Issued issued, String version) throws IOException {
		SSLSocket client = (SSLSocket) TestCertificates.plainContext(issued)
			.getSocketFactory()
			.createSocket(this.far, "localhost", 0, true);
		client.setEnabledProtocols(new String[] { version });
		return client;
	}

	private static SSLEngine serverEngine(Issued issued, String... versions) {
		SSLContext context = TestCertificates.context(issued);
		SSLEngine engine = context.createSSLEngine();
		engine.setUseClientMode(false);
		engine.setNeedClientAuth(true);
		engine.setEnabledProtocols(versions);
		return engine;
	}

	private static SSLEngine clientEngine(@Nullable Issued issued, String host) {
		SSLEngine engine = TestCertificates.context(issued).createSSLEngine(host, 0);
		engine.setUseClientMode(true);
		SSLParameters parameters = engine.getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		engine.setSSLParameters(parameters);
		return engine;
	}

	private static String text(InputStream in) throws IOException {
		return new String(in.readAllBytes(), StandardCharsets.UTF_8);
	}

	private static <T> T get(Future<T> future) throws Exception {
		return future.get(60, TimeUnit.SECONDS);
	}

}
