package loteria.central.tcp;

import java.util.OptionalInt;

import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Who may speak by the certificate it has shown: for the agency that it names, and where
 * none need be shown and none was, for all.
 */
final class CertificateSpeaker implements Speaker {

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
