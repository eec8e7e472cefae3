package loteria.local;

import java.util.List;
import java.util.OptionalLong;

/**
 * Where the time went, in seconds.
 *
 * @param starting until the first bet was stored: of the central and of the agencies
 * @param sending from the first bet to the last
 * @param drawing from the last bet until everybody had their winners and had ended
 */
record Times(double starting, double sending, double drawing) {

	/**
	 * @param started by {@link System#nanoTime}, as are the others
	 */
	static Times of(long started, List<Agency> agencies, long ended) {
		long first = agencies.stream().map(Agency::firstStored).flatMapToLong(OptionalLong::stream).min().orElse(ended);
		long last = agencies.stream().map(Agency::lastStored).flatMapToLong(OptionalLong::stream).max().orElse(ended);
		return new Times((first - started) / 1e9, (last - first) / 1e9, (ended - last) / 1e9);
	}

	double all() {
		return this.starting + this.sending + this.drawing;
	}

}
