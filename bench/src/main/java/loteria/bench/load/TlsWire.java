package loteria.bench.load;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;

import javax.net.ssl.SSLEngine;

/**
 * What another wire says, by mutual TLS.
 */
public record TlsWire(Wire like, Certificates certificates) implements Wire {

	@Override
	public Messages messages(int connection, Bets bets, int batch, int most, int bytes) throws IOException {
		return this.like.messages(connection, bets, batch, most, bytes);
	}

	@Override
	public Link link(SocketChannel channel, int connection) throws IOException {
		try {
			SSLEngine engine = this.certificates.agency(connection + 1)
				.createSSLEngine(Certificates.HOST, channel.socket().getPort());
			engine.setUseClientMode(true);
			return TlsLink.open(channel, engine);
		}
		catch (GeneralSecurityException ex) {
			throw new IOException("no certificate for a connection", ex);
		}
	}

}
