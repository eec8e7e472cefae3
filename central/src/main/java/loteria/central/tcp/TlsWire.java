package loteria.central.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.OptionalInt;

import javax.net.ssl.SSLEngine;

import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.tls.AgencyName;
import loteria.tls.TlsConnection;
import loteria.tls.TlsFailure;
import loteria.tls.Validity;
import org.jspecify.annotations.Nullable;

/**
 * Bytes by TLS. A peer without TLS is told so by an alert, and has a moment to read it.
 */
final class TlsWire implements Wire {

	/** For a refused peer to read why: what it still sends would take that back. */
	private static final Duration LINGER = Duration.ofSeconds(1);

	/** What it may send meanwhile. */
	private static final int LEFTOVERS = 64 * 1024;

	private final Socket socket;

	private final TlsConnection tls;

	private final Duration limit;

	private final CertificateSpeaker speaker = new CertificateSpeaker();

	private final ConnectionLog log;

	/**
	 * @param limit for the handshake
	 */
	TlsWire(Socket socket, SSLEngine engine, Duration limit, ConnectionLog log) throws IOException {
		this.socket = socket;
		this.tls = new TlsConnection(socket, engine);
		this.limit = limit;
		this.log = log;
	}

	@Override
	public boolean open() {
		try {
			this.tls.handshake(this.limit);
			X509Certificate certificate = this.tls.peer();
			return certificate == null || isValid(certificate);
		}
		catch (TlsFailure ex) {
			// a peer that says nothing and leaves has only looked whether the port is
			// open
			if (ex.kind() != TlsFailure.Kind.CLOSED || this.tls.hasHeard()) {
				this.log.noHandshake(ex.kind(), String.valueOf(ex.getMessage()));
			}
			linger();
		}
		catch (IOException ex) {
			if (!this.socket.isClosed()) {
				this.log.noHandshake(TlsFailure.Kind.CLOSED, String.valueOf(ex.getMessage()));
			}
		}
		return false;
	}

	/**
	 * A peer that comes back within an hour shows no certificate again, and that may have
	 * run out.
	 */
	private boolean isValid(X509Certificate certificate) {
		String fault = Validity.fault(certificate);
		if (fault != null) {
			this.log.noHandshake(TlsFailure.Kind.EXPIRED, "the certificate of this agency " + fault);
			return false;
		}
		this.speaker.isOf(AgencyName.in(certificate));
		this.log.isOf(this.speaker.agency());
		return true;
	}

	private void linger() {
		long end = System.nanoTime() + LINGER.toNanos();
		byte[] leftovers = new byte[4096];
		try {
			this.socket.shutdownOutput();
			this.socket.setSoTimeout((int) LINGER.toMillis());
			int read = 0;
			for (int left = LEFTOVERS; left > 0 && read >= 0 && System.nanoTime() < end; left -= read) {
				read = this.socket.getInputStream().read(leftovers);
			}
		}
		catch (IOException ex) {
			this.log.left(ex);
		}
	}

	@Override
	public InputStream in() {
		return this.tls.in();
	}

	@Override
	public OutputStream out() {
		return this.tls.out();
	}

	@Override
	public Speaker speaker() {
		return this.speaker;
	}

	@Override
	public void end() throws IOException {
		this.tls.endOutput();
	}

	@Override
	public boolean isStuckFor(Duration time) {
		return this.tls.isStuckFor(time);
	}

	/**
	 * The agency that the certificate names, or any where none was shown and none need
	 * be.
	 */
	private static final class CertificateSpeaker implements Speaker {

		private OptionalInt agency = OptionalInt.empty();

		void isOf(OptionalInt named) {
			this.agency = named;
		}

		@Override
		public @Nullable Refusal refusal(int wanted) {
			if (this.agency.isEmpty() || this.agency.getAsInt() == wanted) {
				return null;
			}
			return new Refusal(Reason.FORBIDDEN, "the certificate is that of agency " + this.agency.getAsInt()
					+ ", which may not speak for " + ((wanted == 0) ? "one without a name" : "agency " + wanted));
		}

		@Override
		public OptionalInt agency() {
			return this.agency;
		}

	}

}
