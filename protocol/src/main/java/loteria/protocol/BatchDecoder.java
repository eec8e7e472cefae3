package loteria.protocol;

import java.util.OptionalInt;
import java.util.function.IntFunction;

import loteria.bet.BetFields;
import loteria.bet.BetRules;
import loteria.bet.InvalidBet;
import loteria.bet.RowBuilder;
import loteria.bet.Rows;
import loteria.bytes.Scan;
import loteria.bytes.Slice;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bets of one message into one request, and holds the rules of a batch that all
 * dialects share: whole or not at all, bets of one agency only, on one connection the
 * same agency always. A refused batch is not looked at any further: what follows is
 * counted at the most. One a connection; used by one thread at a time.
 */
public final class BatchDecoder {

	private final RowBuilder rows;

	private final BetFields fields = new BetFields();

	private int added;

	/** The first bet of another agency, from 1 on, and whose it is. */
	private int stray;

	private int strayAgency;

	private @Nullable Refusal refusal;

	/** Of the bets of this batch. */
	private int owner;

	/** Of this connection. */
	private int agency;

	/** The last agency that a message named, whatever became of it. */
	private int named;

	/**
	 * For a connection that has not said whose it is.
	 */
	public BatchDecoder(BetRules rules) {
		this.rows = new RowBuilder(rules);
	}

	/** Whose bets this connection carries; empty as long as nothing has said so. */
	public OptionalInt agency() {
		return (this.agency == 0) ? OptionalInt.empty() : OptionalInt.of(this.agency);
	}

	/** The agency that the last message named, or an earlier one. */
	public OptionalInt named() {
		return (this.named == 0) ? OptionalInt.empty() : OptionalInt.of(this.named);
	}

	/**
	 * Forgets the bets added so far.
	 * @param length of the message that holds the next ones, in bytes
	 */
	public void begin(int length) {
		// no bet is shorter than 20 bytes, and a row takes one more than a bet
		this.rows.begin(length + length / 16);
		this.added = 0;
		this.stray = 0;
		this.refusal = null;
		this.owner = this.agency;
	}

	/**
	 * Keeps nothing of a batch that is refused before its end: a connection may be idle
	 * for long after a large one.
	 */
	public void forget() {
		begin(0);
		this.fields.forget();
	}

	/**
	 * Adds the bets of a list, each with its agency: between any two stands
	 * {@code betSeparator}, and behind the last one more may stand.
	 */
	public void addAll(Slice list, char betSeparator, char fieldSeparator) {
		addAll(0, list, betSeparator, fieldSeparator);
	}

	/**
	 * The same of bets that are all of {@code known} and do not say so.
	 */
	public void addAll(int known, Slice list, char betSeparator, char fieldSeparator) {
		int end = list.without(betSeparator).end();
		int at = list.from();
		while (at <= end && this.refusal == null) {
			int betEnd = this.fields.read(list.bytes(), at, end, (byte) fieldSeparator, (byte) betSeparator);
			add(known, this.fields);
			at = betEnd + 1;
		}
		if (at <= end) {
			this.added += 1 + Scan.count((byte) betSeparator, list.bytes(), at, end);
		}
	}

	/**
	 * Adds the one bet that there is, its agency in it.
	 */
	public void addOne(Slice bet, char fieldSeparator) {
		this.fields.read(bet.bytes(), bet.from(), bet.end(), (byte) fieldSeparator, (byte) fieldSeparator);
		add(0, this.fields);
	}

	/**
	 * Adds the next bet of many that no separator of their own parts: six fields behind
	 * the separator at {@code before}, or as many as there are up to the end.
	 * @return where the last one ends
	 */
	public int addOneOf(Slice bets, int before, char fieldSeparator) {
		int end = bets.end();
		if (this.refusal != null) {
			this.added++;
			return BetFields.skip(bets.bytes(), before, end, (byte) fieldSeparator);
		}
		if (before == end) {
			this.fields.begin(bets.bytes(), end, (byte) fieldSeparator);
		}
		else {
			end = this.fields.readSome(bets.bytes(), before + 1, end, (byte) fieldSeparator);
		}
		add(0, this.fields);
		return end;
	}

	/**
	 * Adds a bet; the first that breaks a rule decides over the batch.
	 * @param known its agency, or 0 where that is its first field
	 */
	public void add(int known, BetFields bet) {
		this.added++;
		if (this.refusal != null) {
			return;
		}
		takeNote((known == 0) ? RowBuilder.agency(bet) : known);
		InvalidBet invalid = (known == 0) ? this.rows.add(bet) : this.rows.add(known, bet);
		if (invalid != null) {
			refuse(invalid);
		}
		else if (this.owner == 0) {
			this.owner = this.rows.agency();
		}
		else if (this.owner != this.rows.agency() && this.stray == 0) {
			this.stray = this.added;
			this.strayAgency = this.rows.agency();
		}
	}

	/** Refuses the batch for the bet added last. */
	private void refuse(InvalidBet invalid) {
		refuse(Reason.INVALID_BET, "bet " + this.added + " of the batch: " + invalid);
	}

	/** Adds a bet that is not one before any rule is asked. */
	public void add(InvalidBet invalid) {
		this.added++;
		refuse(invalid);
	}

	/**
	 * Refuses the batch for a reason of the dialect's own, unless it is refused already.
	 */
	public void refuse(Reason reason, String detail) {
		if (this.refusal == null) {
			this.refusal = new Refusal(reason, detail);
		}
	}

	public boolean isRefused() {
		return this.refusal != null;
	}

	/** How many bets were added, valid or not. */
	public int size() {
		return this.added;
	}

	/**
	 * Ends the batch.
	 * @return to store it, or why it is refused. The first batch that is not refused says
	 * whose connection this is.
	 */
	public Request finish() {
		Rows batch = this.rows.rows(this.owner);
		this.fields.forget();
		if (this.stray > 0) {
			refuse(Reason.OTHER_AGENCY, "bet " + this.stray + " of the batch is of agency " + this.strayAgency
					+ ", this connection's agency is " + this.owner);
		}
		if (this.refusal != null) {
			return new Request.Unacceptable(this.refusal);
		}
		this.agency = this.owner;
		return new Request.StoreBets(batch);
	}

	/**
	 * Reads the agency of a message that is not a batch, and lets it through only if this
	 * connection's agency is not another.
	 * @param then what the message means
	 */
	public Request of(Slice text, IntFunction<Request> then) {
		int value = RowBuilder.agency(text);
		return (value == 0)
				? new Request.Unacceptable(
						new Refusal(Reason.MALFORMED, BetRules.invalidAgency(text.excerpt()).toString()))
				: of(value, then);
	}

	/** The same where the agency is no text. */
	public Request of(int value, IntFunction<Request> then) {
		if (value < 1) {
			return new Request.Unacceptable(
					new Refusal(Reason.MALFORMED, BetRules.invalidAgency(String.valueOf(value)).toString()));
		}
		takeNote(value);
		if (this.agency != 0 && this.agency != value) {
			return new Request.Unacceptable(
					new Refusal(Reason.OTHER_AGENCY, "agency " + value + " on a connection of agency " + this.agency));
		}
		return then.apply(value);
	}

	private void takeNote(int agencyOfMessage) {
		if (agencyOfMessage != 0) {
			this.named = agencyOfMessage;
		}
	}

	/** Says whose connection this is, where the dialect has a message for it. */
	public void belongsTo(int newOwner) {
		this.agency = newOwner;
	}

}
