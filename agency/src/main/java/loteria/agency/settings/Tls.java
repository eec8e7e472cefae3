package loteria.agency.settings;

import javax.net.ssl.SSLContext;

/**
 * How to speak TLS.
 *
 * @param ca the setting that names the trusted authorities, for messages
 * @param certificate where the agency's own is, for messages, or "none"
 */
public record Tls(SSLContext context, String ca, String certificate) {

	/** In words, for the log. */
	@Override
	public String toString() {
		return "ca=" + this.ca + ",certificate=" + this.certificate;
	}

}
