package loteria.central.tcp;

import java.util.OptionalInt;

import loteria.protocol.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * For which agencies one connection may speak. Made when the connection opens, by the
 * thread that accepts, which must not wait; asked before everything that is said for an
 * agency, by the thread of the connection, which may: what comes of a handshake is known
 * only then.
 */
interface Speaker {

	/** Where nothing says who may. */
	Speaker OF_ANYBODY = new Speaker() {
		@Override
		public @Nullable Refusal refusal(int agency) {
			return null;
		}

		@Override
		public OptionalInt agency() {
			return OptionalInt.empty();
		}
	};

	/**
	 * Why nothing may be said for {@code agency}, in words for the log, or null if it
	 * may.
	 * @param agency 0 for one that has not said which it is
	 */
	@Nullable Refusal refusal(int agency);

	/**
	 * The one agency that this connection may speak for: it is that one even where it
	 * does not say so. Empty where there are several, or none.
	 */
	OptionalInt agency();

	/** A speaker for the agencies that both may speak for. */
	default Speaker and(Speaker other) {
		Speaker first = this;
		return new Speaker() {
			@Override
			public @Nullable Refusal refusal(int agency) {
				Refusal refusal = first.refusal(agency);
				return (refusal != null) ? refusal : other.refusal(agency);
			}

			@Override
			public OptionalInt agency() {
				OptionalInt one = first.agency();
				return one.isPresent() ? one : other.agency();
			}
		};
	}

}
