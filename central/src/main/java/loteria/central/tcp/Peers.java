package loteria.central.tcp;

import java.net.InetAddress;
import java.util.List;
import java.util.OptionalInt;

import loteria.central.settings.PeerRule;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Who may speak by the address it speaks from: the setting {@code peers} of a listener.
 */
public final class Peers {

	private final List<PeerRule> rules;

	private Peers(List<PeerRule> rules) {
		this.rules = rules;
	}

	/**
	 * @param texts an item of the list each; none if all may speak for all
	 * @throws IllegalArgumentException if one of them is not of the {@link PeerRule#FORM}
	 */
	public static Peers parse(List<String> texts) {
		return new Peers(texts.stream().map(PeerRule::parse).toList());
	}

	/**
	 * The agencies that a new connection may speak for; null for none: then it is closed.
	 * Called by the thread that accepts.
	 */
	@Nullable Speaker of(InetAddress address) {
		if (this.rules.isEmpty()) {
			return Speaker.OF_ANYBODY;
		}
		List<PeerRule> there = this.rules.stream().filter((rule) -> rule.includes(address)).toList();
		return there.isEmpty() ? null : new ByAddress(address, there);
	}

	/**
	 * @param rules of networks that the address is in
	 */
	private record ByAddress(InetAddress address, List<PeerRule> rules) implements Speaker {

		@Override
		public @Nullable Refusal refusal(int agency) {
			if (this.rules.stream().anyMatch((rule) -> rule.includes(agency))) {
				return null;
			}
			return new Refusal(Reason.FORBIDDEN,
					((agency == 0) ? "an agency that has not said which it is" : "agency " + agency)
							+ " may not speak from " + this.address.getHostAddress()
							+ ", central.listeners.<name>.peers");
		}

		@Override
		public OptionalInt agency() {
			PeerRule rule = this.rules.getFirst();
			return (this.rules.size() == 1 && rule.isOfOne()) ? OptionalInt.of(rule.first()) : OptionalInt.empty();
		}

	}

}
