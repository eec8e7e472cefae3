package loteria.agency.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

import loteria.agency.settings.ServerAddress;
import loteria.agency.settings.Tls;
import loteria.protocol.Inbound;
import loteria.tls.TlsConnection;
import loteria.tls.TlsFailure;
import loteria.tls.TlsRecord;
import org.jspecify.annotations.Nullable;

/**
 * The way of bytes over a connected socket, plain or by TLS.
 *
 * @param tls null where there is none
 */
record Line(Socket socket, InputStream in, OutputStream out, @Nullable TlsConnection tls) {

	/**
	 * @param tls how to speak it, or null
	 * @param limit for coming to terms
	 * @throws NoTlsException if there is no TLS with that central, now or later
	 */
	static Line over(Socket socket, ServerAddress server, @Nullable Tls tls, Duration limit) throws IOException {
		if (tls == null) {
			return new Line(socket, socket.getInputStream(), socket.getOutputStream(), null);
		}
		SSLEngine engine = tls.context().createSSLEngine(server.host(), server.port());
		engine.setUseClientMode(true);
		SSLParameters parameters = engine.getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		parameters.setProtocols(new String[] { "TLSv1.3", "TLSv1.2" });
		engine.setSSLParameters(parameters);
		TlsConnection connection = new TlsConnection(socket, engine);
		try {
			connection.handshake(limit);
		}
		catch (TlsFailure ex) {
			throw ex.kind().mayPass() ? ex : new NoTlsException(server.toString(), tls, ex);
		}
		return new Line(socket, connection.in(), connection.out(), connection);
	}

	/** Says that nothing more is going to be sent. */
	void endOutput() throws IOException {
		if (this.tls != null) {
			this.tls.endOutput();
		}
		this.socket.shutdownOutput();
	}

	/**
	 * @throws NoTlsException if what the central says is that it expected TLS
	 */
	void requireNoAlert(Inbound in) throws NoTlsException {
		if (this.tls == null && in.available() >= 3 && TlsRecord.isAlert(in.at(0), in.at(1), in.at(2))) {
			throw new NoTlsException("the central speaks TLS on this port: say whom to trust, tls.ca");
		}
	}

}
