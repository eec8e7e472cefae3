package loteria.agency.tcp;

import java.io.IOException;

import loteria.agency.settings.Tls;
import loteria.tls.TlsFailure;

/**
 * There is no TLS with the central, and trying again is of no use.
 */
final class NoTlsException extends IOException {

	private static final long serialVersionUID = 1L;

	NoTlsException(String message) {
		super(message);
	}

	NoTlsException(String where, Tls tls, TlsFailure cause) {
		super("no TLS with " + where + ": " + cause.getMessage() + advice(tls, cause), cause);
	}

	private static String advice(Tls tls, TlsFailure cause) {
		return switch (cause.kind()) {
			case NOT_TLS -> "; leave out tls.ca, or say the port of TLS in server.address";
			case UNTRUSTED -> "; tls.ca is " + tls.ca();
			case OTHER_NAME -> "; server.address must be one of its names";
			case REFUSED_BY_PEER -> "; tls.certificate is " + tls.certificate() + ", the central's log says more";
			default -> "";
		};
	}

}
