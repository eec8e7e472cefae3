package loteria.central.tcp;

import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.OptionalInt;

import loteria.bet.BetRules;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Who may speak by the address it speaks from: the setting {@code peers} of a listener.
 */
public final class Peers implements Speakers {

	/** In words that follow "must be". */
	public static final String FORM = "addresses or networks, each with the agency or the agencies that may speak from there, "
			+ "or without one for all, such as 10.0.1.7=1,10.0.2.0/24=2-5,fd00::/8; the bits of a network behind its mask are zeros";

	private static final String ASSIGN = "=";

	private final List<Rule> rules;

	private Peers(List<Rule> rules) {
		this.rules = rules;
	}

	/**
	 * @param texts an item of the list each; none if all may speak for all
	 * @throws IllegalArgumentException if one of them is not of the {@link #FORM}
	 */
	public static Peers parse(List<String> texts) {
		return new Peers(texts.stream().map(Rule::parse).toList());
	}

	@Override
	public @Nullable Speaker of(Socket socket) {
		return of(socket.getInetAddress());
	}

	/** See {@link #of(Socket)}. */
	@Nullable Speaker of(InetAddress address) {
		if (this.rules.isEmpty()) {
			return Speaker.OF_ANYBODY;
		}
		List<Rule> there = this.rules.stream().filter((rule) -> rule.network.includes(address)).toList();
		return there.isEmpty() ? null : new ByAddress(address, there);
	}

	/**
	 * @param first agency that may speak from there; 0 if all may
	 */
	private record Rule(Network network, int first, int last) {

		static Rule parse(String text) {
			int assign = text.indexOf(ASSIGN);
			if (assign < 0) {
				return new Rule(Network.parse(text.strip()), 0, Integer.MAX_VALUE);
			}
			String agencies = text.substring(assign + 1);
			int dash = agencies.indexOf('-');
			int first = BetRules.agency(agencies.substring(0, (dash < 0) ? agencies.length() : dash).strip());
			int last = BetRules.agency(agencies.substring(dash + 1).strip());
			if (first < 1 || last < first) {
				throw new IllegalArgumentException("no agencies: " + agencies);
			}
			return new Rule(Network.parse(text.substring(0, assign).strip()), first, last);
		}

		boolean includes(int agency) {
			return this.first <= agency && agency <= this.last;
		}

	}

	/**
	 * @param rules of networks that the address is in
	 */
	private record ByAddress(InetAddress address, List<Rule> rules) implements Speaker {

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
			Rule rule = this.rules.getFirst();
			return (this.rules.size() == 1 && rule.first == rule.last) ? OptionalInt.of(rule.first)
					: OptionalInt.empty();
		}

	}

}
