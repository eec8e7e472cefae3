package loteria.protocol;

import java.util.List;

import loteria.bet.Bet;

/**
 * What an agency says to the central.
 */
public sealed interface ClientRequest permits ClientRequest.StoreBets, Request.CloseAgency, Request.AwaitWinners,
		Request.FindWinners, Request.Greeting, Request.Check, Request.Echo, Request.Disconnect {

	/**
	 * Store these bets, whole or not at all.
	 *
	 * @param bets all of {@code agency}
	 */
	record StoreBets(int agency, List<Bet> bets) implements ClientRequest {
	}

}
