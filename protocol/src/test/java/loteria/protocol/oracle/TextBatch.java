package loteria.protocol.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

import loteria.bet.Bet;
import loteria.bet.BetRules;
import loteria.bet.CheckedBet;
import loteria.bet.InvalidBet;
import loteria.bet.Rows;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.protocol.Request;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a batch, over {@link Bet}s.
 */
final class TextBatch {

	private final BetRules rules;

	private List<Bet> bets = new ArrayList<>();

	private int added;

	private @Nullable Refusal refusal;

	private int agency;

	TextBatch(BetRules rules) {
		this.rules = rules;
	}

	BetRules rules() {
		return this.rules;
	}

	void begin() {
		this.bets = new ArrayList<>();
		this.added = 0;
		this.refusal = null;
	}

	void add(String[] fields) {
		add((fields.length == 6) ? this.rules.check(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5])
				: BetRules.wrongFieldCount(String.join(" ", fields), fields.length, 6));
	}

	void add(int betsAgency, String[] fields) {
		add((fields.length == 5) ? this.rules.check(betsAgency, fields[0], fields[1], fields[2], fields[3], fields[4])
				: BetRules.wrongFieldCount(String.join(" ", fields), fields.length, 5));
	}

	void add(CheckedBet bet) {
		this.added++;
		switch (bet) {
			case Bet valid -> this.bets.add(valid);
			case InvalidBet invalid ->
				refuse(Reason.INVALID_BET, words("bet %d of the batch: %s", this.added, invalid));
		}
	}

	void refuse(Reason reason, String detail) {
		if (this.refusal == null) {
			this.refusal = new Refusal(reason, detail);
		}
	}

	int size() {
		return this.added;
	}

	Request finish() {
		for (int i = 0; i < this.bets.size() && this.refusal == null; i++) {
			int owner = (this.agency != 0) ? this.agency : this.bets.getFirst().agency();
			if (this.bets.get(i).agency() != owner) {
				refuse(Reason.OTHER_AGENCY, words("bet %d of the batch is of agency %d, this connection's agency is %d",
						i + 1, this.bets.get(i).agency(), owner));
			}
		}
		if (this.refusal != null) {
			return new Request.Unacceptable(this.refusal);
		}
		if (!this.bets.isEmpty()) {
			this.agency = this.bets.getFirst().agency();
		}
		return new Request.StoreBets(Rows.of(this.agency, this.bets));
	}

	static String words(String format, Object... values) {
		return String.format(Locale.ROOT, format, values);
	}

	Request of(String text, IntFunction<Request> then) {
		int value = BetRules.agency(text);
		if (value == 0) {
			return new Request.Unacceptable(new Refusal(Reason.MALFORMED, BetRules.invalidAgency(text).toString()));
		}
		if (this.agency != 0 && this.agency != value) {
			return new Request.Unacceptable(new Refusal(Reason.OTHER_AGENCY,
					words("agency %d on a connection of agency %d", value, this.agency)));
		}
		return then.apply(value);
	}

}
