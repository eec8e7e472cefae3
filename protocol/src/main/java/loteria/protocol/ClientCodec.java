package loteria.protocol;

import java.io.IOException;
import java.io.OutputStream;

import loteria.bet.Bet;
import loteria.bet.InvalidBet;
import org.jspecify.annotations.Nullable;

/**
 * The agency's side of one connection. Used by one thread at a time.
 */
public interface ClientCodec {

	/**
	 * Bytes of a reply in any dialect, at most: the documents of more than a million
	 * winners.
	 */
	int MAX_REPLY = 16 * 1024 * 1024;

	/**
	 * Puts a request on the wire.
	 * @param out buffered by the caller, who flushes
	 */
	void encode(ClientRequest request, OutputStream out) throws IOException;

	/**
	 * For a request that the dialect has no words for: its {@link Dialect.Habits} say so,
	 * and no agency makes it.
	 */
	static IllegalArgumentException unknown(String dialect, ClientRequest request) {
		return new IllegalArgumentException(dialect + " has no " + request);
	}

	/**
	 * Whether {@code request} gets a reply in this dialect.
	 */
	default boolean isAnswered(ClientRequest request) {
		return true;
	}

	/**
	 * Takes the reply to {@code request}, the oldest not answered yet, off the front of
	 * {@code in}.
	 * @return the reply, or null if it is not here completely. At the
	 * {@linkplain Inbound#hasEnded() end of the stream} it is called once more.
	 * @throws ProtocolException if the bytes are no reply to {@code request}
	 */
	@Nullable Reply decode(ClientRequest request, Inbound in) throws ProtocolException;

	/**
	 * Whether the dialect can carry this bet, which the rules allow.
	 * @return what it can't carry, or null
	 */
	@Nullable InvalidBet refusal(Bet bet);

	/**
	 * The bytes that {@code bet} adds to a batch on the wire, at the most.
	 */
	int size(Bet bet);

	/**
	 * The bytes of a batch on the wire besides its bets, at the most.
	 */
	int overhead();

}
