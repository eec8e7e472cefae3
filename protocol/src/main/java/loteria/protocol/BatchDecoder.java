package loteria.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.IntFunction;

import loteria.bet.Bet;
import loteria.bet.BetRules;
import loteria.bet.CheckedBet;
import loteria.bet.InvalidBet;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bets of one message into one request, and holds the rules of a batch that all
 * dialects share: whole or not at all, bets of one agency only, on one connection the
 * same agency always. One a connection; used by one thread at a time.
 */
public final class BatchDecoder {

	private final BetRules rules;

	private List<Bet> bets = new ArrayList<>();

	private int added;

	private @Nullable Refusal refusal;

	private int agency;

	/** The last agency that a message named, whatever became of it. */
	private int named;

	/**
	 * For a connection that has not said whose it is.
	 */
	public BatchDecoder(BetRules rules) {
		this.rules = rules;
	}

	public BetRules rules() {
		return this.rules;
	}

	/** Whose bets this connection carries; empty as long as nothing has said so. */
	public OptionalInt agency() {
		return (this.agency == 0) ? OptionalInt.empty() : OptionalInt.of(this.agency);
	}

	/** The agency that the last message named, or an earlier one. */
	public OptionalInt named() {
		return (this.named == 0) ? OptionalInt.empty() : OptionalInt.of(this.named);
	}

	/** Forgets the bets added so far. */
	public void begin() {
		this.bets = new ArrayList<>();
		this.added = 0;
		this.refusal = null;
	}

	/**
	 * Adds a bet that came in {@code fields} of the order agency, firstName, lastName,
	 * document, birthdate, number.
	 */
	public void add(String[] fields) {
		CheckedBet bet = (fields.length == 6)
				? this.rules.check(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5])
				: BetRules.wrongFieldCount(String.join(" ", fields), fields.length, 6);
		if (bet instanceof InvalidBet && fields.length > 0) {
			takeNote(BetRules.agency(fields[0]));
		}
		add(bet);
	}

	/**
	 * Adds a bet that came in {@code fields} of the order firstName, lastName, document,
	 * birthdate, number, the agency having been said before.
	 */
	public void add(int betsAgency, String[] fields) {
		takeNote(betsAgency);
		add((fields.length == 5) ? this.rules.check(betsAgency, fields[0], fields[1], fields[2], fields[3], fields[4])
				: BetRules.wrongFieldCount(String.join(" ", fields), fields.length, 5));
	}

	/** Adds a bet; the first that breaks a rule decides over the batch. */
	public void add(CheckedBet bet) {
		this.added++;
		if (this.refusal != null) {
			return;
		}
		switch (bet) {
			case Bet valid -> {
				takeNote(valid.agency());
				this.bets.add(valid);
			}
			case InvalidBet invalid -> refuse(Reason.INVALID_BET, "bet " + this.added + " of the batch: " + invalid);
		}
	}

	/**
	 * Refuses the batch for a reason of the dialect's own, unless it is refused already.
	 */
	public void refuse(Reason reason, String detail) {
		if (this.refusal == null) {
			this.refusal = new Refusal(reason, detail);
		}
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
		for (int i = 0; i < this.bets.size() && this.refusal == null; i++) {
			int owner = (this.agency != 0) ? this.agency : this.bets.getFirst().agency();
			if (this.bets.get(i).agency() != owner) {
				refuse(Reason.OTHER_AGENCY,
						String.format(Locale.ROOT,
								"bet %d of the batch is of agency %d, this connection's agency is %d", i + 1,
								this.bets.get(i).agency(), owner));
			}
		}
		if (this.refusal != null) {
			return new Request.Unacceptable(this.refusal);
		}
		if (!this.bets.isEmpty()) {
			this.agency = this.bets.getFirst().agency();
		}
		return new Request.StoreBets(this.agency, this.bets);
	}

	/**
	 * Reads the agency of a message that is not a batch, and lets it through only if this
	 * connection's agency is not another.
	 * @param then what the message means
	 */
	public Request of(String text, IntFunction<Request> then) {
		int value = BetRules.agency(text);
		if (value == 0) {
			return new Request.Unacceptable(new Refusal(Reason.MALFORMED, BetRules.invalidAgency(text).toString()));
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
	public void belongsTo(int owner) {
		this.agency = owner;
	}

}
