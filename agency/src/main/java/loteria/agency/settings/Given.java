package loteria.agency.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

import loteria.agency.ending.Failure;
import loteria.bet.InvalidBet;
import loteria.bet.Texts;
import loteria.process.SystemText;
import loteria.process.Variables;
import org.jspecify.annotations.Nullable;

/**
 * What a key was given.
 *
 * @param from where, in words
 */
record Given(Key key, String value, String from) {

	private static final int MAX_DIGITS = 10;

	int number(int least, int most) throws Failure {
		long number = Texts.number(this.value, MAX_DIGITS);
		if (number < least || number > most) {
			throw refused();
		}
		return (int) number;
	}

	Duration duration() throws Failure {
		return as(GoDuration::parse);
	}

	/**
	 * @param reading makes a value of the text, or null if it is none
	 */
	<T> T as(Function<String, @Nullable T> reading) throws Failure {
		T read = reading.apply(this.value);
		if (read == null) {
			throw refused();
		}
		return read;
	}

	Failure refused() {
		return refused(this.key.toString(), this.value, this.key.allowed() + InvalidBet.unseen(this.value, true),
				this.from);
	}

	/**
	 * Nothing fills in a variable that stands in a value, and what can't be read was
	 * something else.
	 */
	void requireFilledIn() throws Failure {
		if (this.value.contains("${")) {
			throw refused(
					this.key.toString(), this.value, this.key.allowed()
							+ "; no ${…} is filled in here, a variable says it by itself: " + this.key.variable(),
					this.from);
		}
		requireWhole(this.key.toString(), this.value, this.from);
	}

	static void requireWhole(String key, String value, String from) throws Failure {
		if (!SystemText.isWhole(value)) {
			throw refused(key, value, Variables.RULE, from);
		}
	}

	static Failure refused(String key, String value, String allowed, String from) {
		return refused(key, value, allowed, from, Optional.empty());
	}

	/**
	 * @param meant what was probably meant by {@code key}
	 */
	static Failure refused(String key, String value, String allowed, String from, Optional<String> meant) {
		return Failure.unusable("config", "key: " + InvalidBet.printable(key) + " | value: "
				+ InvalidBet.printable(value) + nearest(meant) + " | allowed: " + allowed + " | from: " + from);
	}

	/** As a further pair of a line, if there is something to say. */
	static String nearest(Optional<String> meant) {
		return meant.map((name) -> " | nearest: " + name).orElse("");
	}

}
