package loteria.agency.tcp;

import java.io.IOException;
import java.util.Optional;

import loteria.agency.settings.ServerAddress;
import loteria.agency.settings.Settings;
import loteria.protocol.Dialect;
import loteria.protocol.Dialects;
import loteria.protocol.Inbound;
import loteria.protocol.ProtocolException;

/**
 * What answers is no central of the agency's dialect: trying again is of no use, and
 * nothing that it was told is stored.
 */
public final class WrongPeerException extends IOException {

	private static final long serialVersionUID = 1L;

	private WrongPeerException(String message) {
		super(message);
	}

	/**
	 * What became of a connection on which nothing was ever understood, with what may be
	 * behind it.
	 * @param answer what came
	 */
	static IOException explain(IOException cause, Inbound answer, Settings settings) {
		Dialect own = settings.dialect();
		String port = "port " + String.join(", ",
				settings.servers().all().stream().map((server) -> Integer.toString(server.port())).distinct().toList());
		if (answer.beginning().startsWith("HTTP/")) {
			return new WrongPeerException("what answers on " + port + " speaks HTTP | hint: name the port of dialect "
					+ own.name() + " in server.address, " + own.port() + " unless the central was told another");
		}
		Optional<Dialect> other = Dialects.all()
			.stream()
			.filter((dialect) -> dialect != own && dialect.isSpokenIn(answer))
			.findFirst();
		if (other.isPresent()) {
			return new WrongPeerException("the central speaks " + other.get().name() + " on " + port + ", not "
					+ own.name() + " | hint: say --dialect=" + other.get().name() + ", or the port of " + own.name()
					+ " in server.address, " + own.port() + " unless the central was told another");
		}
		String reason = cause.getMessage() + " | hint: if it stays so, another dialect than " + own.name()
				+ " is spoken on " + port + usually(settings.servers().all().getFirst(), own)
				+ ", or the central does not expect agency " + settings.id() + "; its log says which";
		return (cause instanceof ProtocolException) ? new WrongPeerException(reason) : new Suspicion(reason, cause);
	}

	/** What is said of a cause more than once: without what may be behind it. */
	static String briefly(IOException cause) {
		return String.valueOf(((cause instanceof Suspicion suspicion) ? suspicion.without() : cause).getMessage());
	}

	private static String usually(ServerAddress server, Dialect own) {
		return Dialects.all()
			.stream()
			.filter((dialect) -> dialect.port() == server.port() && dialect != own)
			.map((dialect) -> " (usually " + dialect.name() + ")")
			.findFirst()
			.orElse("");
	}

	/**
	 * It may be another dialect, and it is tried again.
	 */
	private static final class Suspicion extends IOException {

		private static final long serialVersionUID = 1L;

		private final IOException cause;

		Suspicion(String message, IOException cause) {
			super(message, cause);
			this.cause = cause;
		}

		IOException without() {
			return this.cause;
		}

	}

}
