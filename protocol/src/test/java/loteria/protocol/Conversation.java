package loteria.protocol;

import java.util.List;
import java.util.OptionalInt;

import loteria.bet.Bet;
import loteria.bet.Rows;
import loteria.protocol.csv.Csv;
import loteria.protocol.fixed.Fixed;
import loteria.protocol.lines.Lines;
import loteria.protocol.packets.Packets;
import loteria.protocol.tlv.Tlv;

import static loteria.protocol.Bytes.hex;
import static loteria.protocol.Bytes.of;
import static loteria.protocol.Bytes.zeros;
import static loteria.protocol.Samples.ANA;
import static loteria.protocol.Samples.JUAN;
import static loteria.protocol.Samples.MARIA;

/**
 * What agency 1 and the central say in one dialect, from the first byte to the last, with
 * batches of at most two bets. Winners are the first bet and the third.
 *
 * @param requests in the order in which the agency sends them
 * @param replies one for each request
 */
record Conversation(Dialect dialect, byte[] fromAgency, List<ClientRequest> requests, List<Reply> replies,
		byte[] fromCentral) {

	private static final ClientRequest TWO_BETS = new ClientRequest.StoreBets(1, List.of(MARIA, JUAN));

	private static final ClientRequest ONE_BET = new ClientRequest.StoreBets(1, List.of(ANA));

	private static final ClientRequest CLOSE = new Request.CloseAgency(1);

	private static final ClientRequest AWAIT = new Request.AwaitWinners(OptionalInt.of(1));

	private static final ClientRequest FIND = new Request.FindWinners(1);

	private static final Reply TWO_STORED = new Reply.Stored(2);

	private static final Reply ONE_STORED = new Reply.Stored(1);

	private static final Reply ACKNOWLEDGED = new Reply.Acknowledged();

	private static final Reply NOT_READY = new Reply.NotReady();

	private static final Reply WINNERS = new Reply.Winners(List.of("30904465", "5"));

	static List<Conversation> all() {
		return List.of(lines(), fixed(), csv(), packets(), tlv());
	}

	private static Conversation lines() {
		byte[] fromAgency = of("H:1\n", "1\n", //
				"S:2\n", "1;María José;Núñez;30904465;1999-03-17;7574~1;Juan;D'Angelo;3000000001;1980-12-31;0\n", //
				"S:1\n", "1;Ana;Sol;5;2000-02-29;9999\n", //
				"F:1\n", "FINISHED\n");
		byte[] fromCentral = of("H:0\n", "OPEN\n", "R:1\n", "OK\n", "R:1\n", "OK\n", "W:2\n", "30904465~5\n");
		return new Conversation(new Lines(), fromAgency, List.of(new Request.Greeting(1), TWO_BETS, ONE_BET, AWAIT),
				List.of(new Reply.Greeted(0, false), TWO_STORED, ONE_STORED, WINNERS), fromCentral);
	}

	private static Conversation fixed() {
		byte[] fromAgency = of(hex("00 9e"), hex("00 01"), //
				1, "María José", zeros(18), "Núñez", zeros(23), hex("01d79091"), "1999-03-17", hex("00001d96"), //
				1, "Juan", zeros(26), "D'Angelo", zeros(22), hex("b2d05e01"), "1980-12-31", hex("00000000"), //
				1, "Ana", zeros(27), "Sol", zeros(27), hex("00000005"), "2000-02-29", hex("0000270f"), //
				"END_MESSAGE", zeros(68));
		byte[] fromCentral = of(hex("01d79091 00001d96 01"), hex("b2d05e01 00000000 01"), //
				hex("00000005 0000270f 01"), //
				"END", zeros(6), //
				hex("0008"), hex("01d79091"), hex("00000005"));
		return new Conversation(new Fixed(), fromAgency, List.of(TWO_BETS, ONE_BET, CLOSE, AWAIT),
				List.of(TWO_STORED, ONE_STORED, ACKNOWLEDGED, WINNERS), fromCentral);
	}

	private static Conversation csv() {
		byte[] fromAgency = of("1,María José,Núñez,30904465,1999-03-17,7574;1,Juan,D'Angelo,3000000001,1980-12-31,0\n",
				"1,Ana,Sol,5,2000-02-29,9999\n", //
				"DONE:1");
		byte[] fromCentral = of("2\n", "1\n", "['30904465', '5']\n");
		return new Conversation(new Csv(), fromAgency, List.of(TWO_BETS, ONE_BET, AWAIT),
				List.of(TWO_STORED, ONE_STORED, WINNERS), fromCentral);
	}

	private static Conversation packets() {
		byte[] fromAgency = of(hex("0060"),
				"StoreBatch:1:María José;Núñez;30904465;1999-03-17;7574:Juan;D'Angelo;3000000001;1980-12-31;0",
				hex("0024"), "StoreBet:1;Ana;Sol;5;2000-02-29;9999", //
				hex("000d"), "AgencyClose:1", //
				hex("0010"), "WinnersRequest:1", //
				hex("0010"), "WinnersRequest:1");
		byte[] fromCentral = of(hex("000f"), "StoreResponse:0", //
				hex("000f"), "StoreResponse:0", //
				hex("0011"), "NotReadyResponse:", //
				hex("001a"), "WinnersResponse:30904465;5");
		return new Conversation(new Packets(), fromAgency, List.of(TWO_BETS, ONE_BET, CLOSE, FIND, FIND),
				List.of(TWO_STORED, ONE_STORED, ACKNOWLEDGED, NOT_READY, WINNERS), fromCentral);
	}

	private static Conversation tlv() {
		byte[] fromAgency = of(3, hex("00000060"),
				"2#@0#1#María José#Núñez#30904465#1999-03-17#7574#@1#1#Juan#D'Angelo#3000000001#1980-12-31#0#", //
				1, hex("0000001c"), "1#Ana#Sol#5#2000-02-29#9999#", //
				5, hex("00000002"), "1#", //
				6, hex("00000002"), "1#", //
				6, hex("00000002"), "1#");
		byte[] fromCentral = of(2, hex("00000000"), //
				2, hex("00000000"), //
				2, hex("00000000"), //
				8, hex("00000000"), //
				7, hex("0000000b"), "30904465#5#");
		return new Conversation(new Tlv(), fromAgency, List.of(TWO_BETS, ONE_BET, CLOSE, FIND, FIND),
				List.of(TWO_STORED, ONE_STORED, ACKNOWLEDGED, NOT_READY, WINNERS), fromCentral);
	}

	/** What the central makes of the requests. */
	List<Request> understood() {
		return this.requests.stream().map(Conversation::understood).toList();
	}

	private static Request understood(ClientRequest said) {
		return (said instanceof ClientRequest.StoreBets(int agency, List<Bet> bets))
				? new Request.StoreBets(Rows.of(agency, bets)) : (Request) said;
	}

	@Override
	public String toString() {
		return this.dialect.name();
	}

}
