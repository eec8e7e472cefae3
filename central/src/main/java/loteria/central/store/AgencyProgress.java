package loteria.central.store;

/**
 * How far an agency has come.
 *
 * @param bets how many are durable
 */
public record AgencyProgress(int agency, long bets, boolean finished) {
}
