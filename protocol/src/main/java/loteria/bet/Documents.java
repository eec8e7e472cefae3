package loteria.bet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The documents of winning bets, in the order in which the bets were stored. There may be
 * millions: they are handed over piece by piece, as often as they are asked for, and need
 * not be in memory.
 */
public interface Documents {

	/** How many. */
	long count();

	/** Of all of them together. */
	long digits();

	/**
	 * Hands all of them over.
	 * @throws IOException if they can't be read, or are not as many as {@link #count()}
	 * and {@link #digits()} say; the last piece is then not handed over
	 */
	void forEach(Taker taker) throws IOException;

	/** How many bytes {@link #write} writes. */
	default long length(String between) {
		return digits() + between.length() * Math.max(count() - 1, 0);
	}

	/**
	 * Writes one after the other.
	 * @param between stands between any two
	 */
	default void write(String between, OutputStream out) throws IOException {
		byte[] separator = between.getBytes(StandardCharsets.US_ASCII);
		byte[] bytes = new byte[separator.length + BetRules.MAX_DOCUMENT_DIGITS];
		// the first document of all has nothing before it
		int[] before = { 0 };
		System.arraycopy(separator, 0, bytes, 0, separator.length);
		forEach((piece) -> {
			for (int i = 0; i < piece.size(); i++) {
				int end = piece.put(i, bytes, separator.length);
				int from = separator.length - before[0];
				out.write(bytes, from, end - from);
				before[0] = separator.length;
			}
		});
	}

	/** The first {@code most} of them, or all if there are fewer. */
	default List<String> first(int most) throws IOException {
		List<String> texts = new ArrayList<>();
		forEach((piece) -> {
			for (int i = 0; i < piece.size() && texts.size() < most; i++) {
				texts.add(piece.text(i));
			}
		});
		return texts;
	}

	/**
	 * Takes some of the documents.
	 */
	@FunctionalInterface
	interface Taker {

		/** The piece may be another's as soon as this returns. */
		void take(DocumentList piece) throws IOException;

	}

}
