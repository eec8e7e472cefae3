package loteria.protocol.oracle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/**
 * Messages that are nearly right, or right.
 */
final class Messages {

	/** Every edge of every rule, and what means something in a row or in a dialect. */
	private static final String[] TRICKY = { "", " ", "x".repeat(50), "x".repeat(51), "ñ".repeat(25), "ñ".repeat(26),
			"é".repeat(200), "€".repeat(16) + "ab", "€".repeat(17), "€".repeat(100), "😀".repeat(12), "😀".repeat(13),
			"😀".repeat(90), "a" + "😀".repeat(90), "\0", "\t", "\u001f", "\u007f", "\u0080", "\u009f", "\u00a0",
			"\u061b", "\u061c", "\u061d", "\u200d", "\u200e", "\u200f", "\u2010", "\u2027", "\u2028", "\u2029",
			"\u202a", "\u202e", "\u202f", "\u2065", "\u2066", "\u2069", "\u206a", "\ufffc", "\ufffd", "\ufffe",
			"\ufeff", " x", "x ", "\u00a0x\u200b", "\ufeffa,b", " \ufeff", " ".repeat(70) + "x", ",", "\"", "\"\"",
			"a,b", "\",\"", "\r", "x\r", "-1", "+1", "1 ", "0", "00", "1", "2", "0000000001", "00000000001",
			"2147483647", "2147483648", "9999", "10000", "0000009999", "4294967295", "9999999999", "12345678901",
			"99999999999999999999", "٣", "2000-02-29", "2000-02-30", "1900-02-29", "2100-02-28", "2025-06-01",
			"2025-06-02", "2025-06-03", "2025-07-01", "2026-01-01", "0000-01-01", "0001-01-01", "9999-12-31",
			"2000-00-10", "2000-13-10", "2000-04-31", "2000-12-00", "2000-12-32", "2000-1-010", "20000-1-01",
			"2000/01/01", "-200-01-01", "2000-01-٣", "@0", "@1", "#", ";", "~", ":", "DONE:1", "x".repeat(300) };

	private static final List<Arbitrary<String>> RIGHT = List.of(
			Arbitraries.frequency(Tuple.of(9, "1"), Tuple.of(1, "2")),
			Arbitraries.of("María José", "Ana", "O\"Higgins, hijo", "Ñandú"),
			Arbitraries.of("Sol", "Núñez", "D'Angelo"), Arbitraries.of("5", "0030904465", "30904465"),
			Arbitraries.of("1999-03-17", "2000-02-29", "1980-12-31"), Arbitraries.of("7574", "0", "9999", "42"));

	private Messages() {
	}

	/**
	 * Five fields, or six with the agency in front: most right, and seldom one less or
	 * more.
	 */
	static Arbitrary<List<String>> bet(boolean agency) {
		List<Arbitrary<String>> fields = RIGHT.subList(agency ? 0 : 1, 6).stream().map(Messages::mostly).toList();
		Arbitrary<List<String>> whole = Combinators.combine(fields).as((all) -> all);
		return Arbitraries.frequencyOf(Tuple.of(30, whole),
				Tuple.of(1, whole.map((bet) -> bet.subList(0, bet.size() - 1))), Tuple.of(1, whole.map((bet) -> {
					String[] more = Arrays.copyOf(bet.toArray(String[]::new), bet.size() + 1);
					more[bet.size()] = "x";
					return List.of(more);
				})), Tuple.of(1, Arbitraries.just(List.of(""))));
	}

	private static Arbitrary<String> mostly(Arbitrary<String> right) {
		return Arbitraries.frequencyOf(Tuple.of(25, right), Tuple.of(1, Arbitraries.of(TRICKY)));
	}

	static Arbitrary<List<List<String>>> bets(boolean agency) {
		return bet(agency).list().ofMinSize(1).ofMaxSize(5);
	}

	/** Bets with separators between them, and sometimes one or two more at the end. */
	static Arbitrary<String> list(boolean agency, String betSeparator, String fieldSeparator) {
		return Combinators
			.combine(bets(agency),
					Arbitraries.frequency(Tuple.of(8, ""), Tuple.of(2, betSeparator),
							Tuple.of(1, betSeparator + betSeparator)))
			.as((bets, end) -> String.join(betSeparator,
					bets.stream().map((bet) -> String.join(fieldSeparator, bet)).toList()) + end);
	}

	/** The count that is right of a list of {@code bets}, or seldom another. */
	static Arbitrary<String> count(int bets) {
		return Arbitraries.frequencyOf(Tuple.of(20, Arbitraries.just(Integer.toString(bets))),
				Tuple.of(1, Arbitraries.of(TRICKY)), Tuple.of(2, Arbitraries.just(Integer.toString(bets + 1))));
	}

	/** The bytes of a text, seldom with one that is another, or one too many, or cut. */
	static Arbitrary<byte[]> bytes(Arbitrary<String> text, String never) {
		Arbitrary<Tuple2<Integer, Integer>> damage = Combinators
			.combine(Arbitraries.integers().between(0, 10_000), Arbitraries.integers().between(0, 255))
			.as(Tuple::of);
		return Combinators.combine(text, damage, Arbitraries.integers().between(0, 30))
			.as((whole, where, kind) -> damaged(whole.getBytes(StandardCharsets.UTF_8), where.get1(),
					(byte) (int) where.get2(), kind))
			.filter((bytes) -> never.chars().noneMatch((c) -> contains(bytes, c)));
	}

	private static byte[] damaged(byte[] bytes, int where, byte with, int kind) {
		int at = where % (bytes.length + 1);
		return switch (kind) {
			case 0 -> Arrays.copyOf(bytes, at);
			case 1 -> ByteBuffer.allocate(bytes.length + 1)
				.put(bytes, 0, at)
				.put(with)
				.put(bytes, at, bytes.length - at)
				.array();
			case 2 -> {
				if (at < bytes.length) {
					bytes[at] = with;
				}
				yield bytes;
			}
			default -> bytes;
		};
	}

	private static boolean contains(byte[] bytes, int wanted) {
		for (byte b : bytes) {
			if (b == wanted) {
				return true;
			}
		}
		return false;
	}

}
