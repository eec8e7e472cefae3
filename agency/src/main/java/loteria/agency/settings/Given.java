package loteria.agency.settings;

import java.time.Duration;
import java.util.function.Function;

import loteria.agency.ending.Failure;
import loteria.bet.InvalidBet;
import loteria.bet.Texts;
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
		return refused(this.key.toString(), this.value, this.key.allowed(), this.from);
	}

	static Failure refused(String key, String value, String allowed, String from) {
		return Failure.unusable("config", "key: %s | value: %s | allowed: %s | from: %s"
			.formatted(InvalidBet.printable(key), InvalidBet.printable(value), allowed, from));
	}

}
