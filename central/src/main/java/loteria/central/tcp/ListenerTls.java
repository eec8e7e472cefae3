package loteria.central.tcp;

import java.io.IOException;
import java.net.Socket;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

import loteria.central.settings.Listener.ClientAuth;
import loteria.central.settings.Listener.Ssl;

/**
 * TLS of one listener.
 */
final class ListenerTls {

	private final Ssl settings;

	private final ServedBundle bundle;

	ListenerTls(Ssl settings, ServedBundle bundle) {
		this.settings = settings;
		this.bundle = bundle;
	}

	/** Called by the thread that accepts. */
	Wire of(Socket socket, ConnectionLog log) throws IOException {
		ServedBundle.Current now = this.bundle.current();
		SSLEngine engine = now.context().createSSLEngine();
		engine.setUseClientMode(false);
		SSLParameters parameters = engine.getSSLParameters();
		parameters.setProtocols(now.protocols());
		if (now.ciphers() != null) {
			parameters.setCipherSuites(now.ciphers());
		}
		// one excludes the other: the last that is set counts
		if (this.settings.clientAuth() == ClientAuth.NEED) {
			parameters.setNeedClientAuth(true);
		}
		else {
			parameters.setWantClientAuth(this.settings.clientAuth() == ClientAuth.WANT);
		}
		engine.setSSLParameters(parameters);
		return new TlsWire(socket, engine, this.settings.handshake(), log);
	}

}
