package loteria.central.tcp;

import java.util.List;
import java.util.OptionalInt;

import loteria.bet.InvalidBet.Field;
import loteria.bet.Rows;
import loteria.bet.Texts;
import loteria.central.tcp.LogRate.Kind;
import loteria.protocol.Refusal;
import loteria.protocol.Request;

/**
 * Whom the lines of one connection are about. Every line names the agency as soon as the
 * connection has said which it is, and none of them says whose bets they are: where a
 * refusal quotes what the peer sent, the line has its outline. An address that makes many
 * lines is cut short by its {@link LogRate}.
 */
final class LogSubject {

	/** Fields that say of nobody who they are. */
	private static final List<Field> OPEN_FIELDS = List.of(Field.AGENCY, Field.NUMBER);

	/** Nobody's document fits in what these fields should have. */
	private static final int OPEN_LENGTH = 6;

	private final String peer;

	private final String dialect;

	private final LogRate rate;

	/** 0 as long as it is not known. */
	private volatile int agency;

	/**
	 * @param peer address and port
	 */
	LogSubject(String peer, String dialect, LogRate rate) {
		this.peer = peer;
		this.dialect = dialect;
		this.rate = rate;
	}

	/** Takes note of whom the connection is. */
	void isOf(OptionalInt known) {
		known.ifPresent((value) -> this.agency = value);
	}

	/** Address and port. */
	String peer() {
		return this.peer;
	}

	String who() {
		return who(this.agency);
	}

	/** A connection that batches are read ahead on may have named another by now. */
	String who(Request request) {
		return who(agency(request));
	}

	/** 0 as long as it is not known. */
	int agency() {
		return this.agency;
	}

	/** 0 where the request names none, and the connection has not. */
	int agency(Request request) {
		return switch (request) {
			case Request.StoreBets(Rows rows) -> rows.agency();
			case Request.CloseAgency(int named) -> named;
			case Request.FindWinners(int named) -> named;
			case Request.Greeting(int named) -> named;
			case Request.Check(int named) -> named;
			case Request.AwaitWinners(OptionalInt named) -> named.orElse(0);
			case Request.Echo _, Request.Disconnect _, Request.Unacceptable _, Request.Garbage _ -> this.agency;
		};
	}

	/** Whoever it is, it has not said so. */
	String unnamed() {
		return "agency: unnamed | " + where();
	}

	private String who(int named) {
		return (named == 0) ? where() : "agency: " + named + " | " + where();
	}

	private String where() {
		return "ip: " + this.peer + " | dialect: " + this.dialect;
	}

	/** Whether one more line may be written of what went well. */
	boolean succeeds(String action) {
		return this.rate.allows(new Kind(address(), action, false, "none"));
	}

	/** Whether one more line may be written of what went wrong. */
	boolean fails(String action, String reason) {
		return this.rate.allows(new Kind(address(), action, true, reason));
	}

	/** Whether lines may be written of a batch of {@code bets} that was stored. */
	boolean stores(int named, int bets) {
		return this.rate.allowsStored(named, bets);
	}

	private String address() {
		return this.peer.substring(0, Math.max(this.peer.lastIndexOf(':'), 0));
	}

	/**
	 * With the outline of what is quoted, unless that is the agency or the number of a
	 * bet. A peer that sends bets where no bets belong may have any text quoted.
	 */
	static String discreet(Refusal refusal) {
		String text = refusal.toString();
		int from = text.indexOf('"') + 1;
		int end = text.lastIndexOf('"');
		if (from <= 0 || end <= from) {
			return text;
		}
		String quoted = text.substring(from, end);
		boolean isKnown = OPEN_FIELDS.stream()
			.anyMatch((field) -> text.startsWith(field + " ", from - field.toString().length() - 2))
				&& quoted.length() <= OPEN_LENGTH && quoted.chars().noneMatch(Character::isLetter);
		return isKnown ? text : text.substring(0, from) + Texts.outline(quoted) + text.substring(end);
	}

}
