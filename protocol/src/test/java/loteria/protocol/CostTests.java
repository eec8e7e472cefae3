package loteria.protocol;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import loteria.protocol.Dialect.Limits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static loteria.protocol.Bytes.arrived;
import static loteria.protocol.Bytes.hex;
import static loteria.protocol.Bytes.of;
import static loteria.protocol.Bytes.zeros;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a peer can make the central do is bounded by the bytes that it sends: as many
 * bytes of anything cost no more than bets. Compared in the same run, by the time of this
 * thread's own, the least of several; in a decoder that makes a String of each field,
 * separators cost ten times as much as bets.
 */
class CostTests {

	private static final int MESSAGE = 1024 * 1024 - 100;

	private static final int PACKET = 8190;

	/** Generous: the worst of these costs about as much as bets. */
	private static final double BOUND = 4;

	private static final String BET = "1;Ana Paula;Núñez;30904465;1999-03-17;7574";

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	/**
	 * @param bets of about the same length as each of {@code others}
	 */
	record Messages(String dialect, byte[] greeting, byte[] bets, List<byte[]> others) {

		@Override
		public String toString() {
			return this.dialect;
		}

	}

	static Stream<Messages> dialects() {
		return Stream.of(lines(), csv(), tlv(), packets(), fixed());
	}

	private static Messages lines() {
		List<byte[]> others = new ArrayList<>();
		for (String piece : List.of("~", ";", ";;;;;;~", "x", "ñ", "\r", "9", BET + "~" + "~".repeat(1000),
				"2" + BET + "~")) {
			others.add(of("S:9\n" + fill(piece, MESSAGE) + "\n"));
		}
		others.add(of(fill("x", MESSAGE) + "\n\n"));
		others.add(of("\n" + fill(";", MESSAGE) + "\n"));
		int count = MESSAGE / (of(BET).length + 1);
		return new Messages("lines", of(), of("S:" + count + "\n" + (BET + "~").repeat(count) + "\n"), others);
	}

	private static Messages csv() {
		List<byte[]> others = new ArrayList<>();
		for (String piece : List.of(";", ",", ",,,,,,;", "x", "ñ", "\r", "DONE:1")) {
			others.add(of(fill(piece, MESSAGE) + "\n"));
		}
		return new Messages("csv", of(), of(fill(BET.replace(';', ',') + ";", MESSAGE) + "\n"), others);
	}

	private static Messages tlv() {
		List<byte[]> others = new ArrayList<>();
		for (String piece : List.of("#", "@0#", "@", "x", "ñ", "######")) {
			others.add(frame(3, "9#" + fill(piece, MESSAGE) + "#"));
			others.add(frame(1, fill(piece, MESSAGE) + "#"));
		}
		others.add(frame(3, marked("#".repeat(6))));
		others.add(frame(9, fill("ñ", MESSAGE)));
		return new Messages("tlv", of(), frame(3, marked(BET.replace(';', '#') + "#")), others);
	}

	private static Messages packets() {
		List<byte[]> others = new ArrayList<>();
		for (String piece : List.of(":", ";", ";;;;;:", "x", "ñ")) {
			others.add(packets("StoreBatch:1:" + fill(piece, PACKET - 20)));
			others.add(packets("StoreBet:" + fill(piece, PACKET - 20)));
			others.add(packets("StoreBatch:" + fill(piece, PACKET - 20)));
		}
		return new Messages("packets", of(), packets("StoreBatch:1:" + fill(BET.substring(2) + ":", PACKET - 20)),
				others);
	}

	private static Messages fixed() {
		byte[] bet = of(1, "Ana Paula", zeros(21), "Núñez", zeros(23), hex("00000005"), "2000-02-29", hex("0000270f"));
		List<byte[]> others = new ArrayList<>();
		others.add(repeated(of(hex("01"), zeros(78)), MESSAGE));
		others.add(repeated(of(hex("02"), zeros(78)), MESSAGE));
		others.add(repeated(of(1, "x".repeat(78)), MESSAGE));
		others.add(repeated(of("END_MESSAGE", zeros(67), 1), MESSAGE));
		return new Messages("fixed", hex("1fc9 0001"), repeated(bet, MESSAGE), others);
	}

	private static String fill(String piece, int bytes) {
		return piece.repeat(bytes / of(piece).length);
	}

	private static byte[] repeated(byte[] piece, int bytes) {
		byte[] all = new byte[bytes / piece.length * piece.length];
		for (int at = 0; at < all.length; at += piece.length) {
			System.arraycopy(piece, 0, all, at, piece.length);
		}
		return all;
	}

	/** A whole megabyte of packets. */
	private static byte[] packets(String text) {
		byte[] bytes = of(text);
		return repeated(of(bytes.length >> 8, bytes.length & 0xff, bytes), MESSAGE);
	}

	private static byte[] frame(int opcode, String data) {
		byte[] bytes = of(data);
		return of(opcode, 0, bytes.length >> 16, bytes.length >> 8 & 0xff, bytes.length & 0xff, bytes);
	}

	private static String marked(String bet) {
		int count = MESSAGE / (of(bet).length + 7);
		StringBuilder data = new StringBuilder(MESSAGE).append(count).append('#');
		for (int i = 0; i < count; i++) {
			data.append('@').append(i).append('#').append(bet);
		}
		return data.toString();
	}

	@ParameterizedTest
	@MethodSource("dialects")
	void anythingCostsNoMoreThanBetsOfTheSameLength(Messages messages) {
		List<byte[]> all = new ArrayList<>(messages.others());
		all.addFirst(messages.bets());
		long[] least = new long[all.size()];
		for (int round = 0; round < 8; round++) {
			for (int i = 0; i < all.size(); i++) {
				long cost = cost(messages, all.get(i), i == 0);
				least[i] = (round == 0) ? cost : Math.min(least[i], cost);
			}
		}
		for (int i = 1; i < least.length; i++) {
			assertThat((double) least[i] / least[0]).as("%s, message %d", messages.dialect(), i).isLessThan(BOUND);
		}
	}

	/** In nanoseconds, to decode all that there is in a message. */
	private static long cost(Messages messages, byte[] message, boolean right) {
		ServerCodec codec = Dialects.named(messages.dialect()).orElseThrow().server(Samples.RULES, Limits.DEFAULT);
		Inbound in = arrived(messages.greeting(), message);
		long started = THREADS.getCurrentThreadCpuTime();
		Request request = codec.decode(in);
		boolean stores = request instanceof Request.StoreBets;
		while (request != null && !(request instanceof Request.Garbage)) {
			request = codec.decode(in);
			stores &= request == null || request instanceof Request.StoreBets;
		}
		long cost = THREADS.getCurrentThreadCpuTime() - started;
		assertThat(stores || !right).isTrue();
		return cost;
	}

}
