package loteria.tls;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Locale;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

/**
 * TLS could not be agreed on, or broke. Its message is one line that says why.
 */
public final class TlsFailure extends IOException {

	private static final long serialVersionUID = 1L;

	/** What the provider says before the name of an alert that the peer has sent. */
	private static final String ALERT = "Received fatal alert: ";

	private final Kind kind;

	TlsFailure(Kind kind, String message) {
		this(kind, message, null);
	}

	private TlsFailure(Kind kind, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.kind = kind;
	}

	/**
	 * @param cause as the provider of TLS tells it, in its own words
	 */
	static TlsFailure of(SSLException cause) {
		for (Throwable each = cause; each != null; each = each.getCause()) {
			if (each instanceof RefusedCertificate refused) {
				return new TlsFailure(refused.kind(), String.valueOf(refused.getMessage()), cause);
			}
		}
		// in brackets, the alert that was sent to the peer
		String message = String.valueOf(cause.getMessage()).replaceFirst("^\\([a-z_]+\\) ", "");
		if (message.startsWith(ALERT)) {
			return new TlsFailure(Kind.REFUSED_BY_PEER, alert(message.substring(ALERT.length())), cause);
		}
		if (message.contains("certificate chain")) {
			return new TlsFailure(Kind.NO_CERTIFICATE, "the peer has no certificate to show", cause);
		}
		if (message.contains("protocol")) {
			return new TlsFailure(Kind.VERSION, "no version of TLS that both sides allow: " + message, cause);
		}
		if (message.contains("cipher suite")) {
			return new TlsFailure(Kind.VERSION, "no cipher suite that both sides allow: " + message, cause);
		}
		return new TlsFailure(Kind.OTHER, message, cause);
	}

	/** What the peer means by it. */
	private static String alert(String name) {
		String told = name.toLowerCase(Locale.ROOT);
		return switch (told) {
			case "certificate_required" -> "the peer demands a certificate that it trusts, and was shown none";
			case "unknown_ca" -> "the peer does not know the authority of the certificate it was shown";
			case "certificate_expired" -> "the peer says that the certificate it was shown has expired";
			case "bad_certificate", "certificate_unknown", "unsupported_certificate", "certificate_revoked" ->
				"the peer does not accept the certificate it was shown";
			case "protocol_version" -> "the peer allows none of the versions of TLS that are allowed here";
			case "handshake_failure", "insufficient_security" ->
				"the peer finds nothing that both sides can agree on, or demands a certificate";
			default -> "the peer broke off";
		} + " (alert " + told + ")";
	}

	static TlsFailure closed(EOFException cause) {
		return new TlsFailure(Kind.CLOSED, "the peer closed the connection in the middle of the handshake", cause);
	}

	static TlsFailure tooSlow(SocketTimeoutException cause) {
		return new TlsFailure(Kind.TOO_SLOW, String.valueOf(cause.getMessage()), cause);
	}

	public Kind kind() {
		return this.kind;
	}

	/**
	 * The kinds of failure, as they are counted.
	 */
	public enum Kind {

		/** What the peer says is not TLS. */
		NOT_TLS,
		/** No common version or cipher suite. */
		VERSION,
		/** The peer has no certificate. */
		NO_CERTIFICATE,
		/** The peer's certificate is by an authority that is not trusted. */
		UNTRUSTED,
		/** It has expired, or is not valid yet. */
		EXPIRED,
		/** It is for another name. */
		OTHER_NAME,
		/** The peer broke off with an alert. */
		REFUSED_BY_PEER,
		/** The peer closed in the middle. */
		CLOSED,
		/** The handshake took too long. */
		TOO_SLOW,
		/** Anything else. */
		OTHER;

		/** The name as a metric's tag. */
		public String tag() {
			return name().toLowerCase(Locale.ROOT);
		}

		/** Whether it may be otherwise when it is tried again. */
		public boolean mayPass() {
			return this == CLOSED || this == TOO_SLOW;
		}

	}

}
