package loteria.bet;

/**
 * What {@link BetRules} make of the fields of a bet: the bet, or what is wrong with it.
 */
public sealed interface CheckedBet permits Bet, InvalidBet {

}
