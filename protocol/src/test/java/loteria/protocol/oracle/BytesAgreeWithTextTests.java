package loteria.protocol.oracle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import loteria.protocol.Bytes;
import loteria.protocol.Dialect;
import loteria.protocol.Dialect.Limits;
import loteria.protocol.Request;
import loteria.protocol.Samples;
import loteria.protocol.ServerCodec;
import loteria.protocol.csv.Csv;
import loteria.protocol.fixed.Fixed;
import loteria.protocol.lines.Lines;
import loteria.protocol.packets.Packets;
import loteria.protocol.tlv.Tlv;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.jspecify.annotations.Nullable;

import static loteria.protocol.Bytes.arrived;
import static loteria.protocol.Bytes.of;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever an agency sends: the codec, which looks at bytes where they lie, makes the
 * same rows of it as {@link TextCodec}, or refuses it with the same words. Two messages a
 * connection, because the first says whose it is.
 */
class BytesAgreeWithTextTests {

	private static ServerCodec codec(Dialect dialect) {
		return dialect.server(Samples.RULES, Limits.DEFAULT);
	}

	private static @Nullable Request decode(ServerCodec codec, byte[] message) {
		return codec.decode(arrived((Object) message));
	}

	@Property(edgeCases = EdgeCasesMode.NONE)
	void lines(@ForAll("linesMessages") List<Tuple2<byte[], byte[]>> messages) {
		TextCodec text = new TextCodec(Samples.RULES);
		ServerCodec codec = codec(new Lines());
		for (Tuple2<byte[], byte[]> message : messages) {
			assertThat(decode(codec, of(message.get1(), "\n", message.get2(), "\n")))
				.isEqualTo(text.lines(message.get1(), message.get2()));
		}
	}

	@Provide
	Arbitrary<List<Tuple2<byte[], byte[]>>> linesMessages() {
		Arbitrary<Tuple2<byte[], byte[]>> message = Messages.list(true, "~", ";").flatMap((list) -> {
			int bets = (list.endsWith("~") ? list.substring(0, list.length() - 1) : list).split("~", -1).length;
			Arbitrary<String> header = Arbitraries.frequencyOf(Tuple.of(20, Messages.count(bets).map("S:"::concat)),
					Tuple.of(1, Arbitraries.of("F:1", "E:1", "V:1", "", "X:1", "S", "x".repeat(100))));
			Arbitrary<String> body = Arbitraries.frequencyOf(Tuple.of(20, Arbitraries.just(list)),
					Tuple.of(1, Arbitraries.of("1", "2", "", "\r", "x".repeat(100))));
			return Combinators.combine(Messages.bytes(withReturn(header), "\n"), Messages.bytes(withReturn(body), "\n"))
				.as(Tuple::of);
		});
		return message.list().ofMinSize(1).ofMaxSize(2);
	}

	private static Arbitrary<String> withReturn(Arbitrary<String> line) {
		return Arbitraries.frequencyOf(Tuple.of(9, line), Tuple.of(1, line.map((text) -> text + "\r")));
	}

	@Property(edgeCases = EdgeCasesMode.NONE)
	void csv(@ForAll("csvMessages") List<byte[]> messages) {
		TextCodec text = new TextCodec(Samples.RULES);
		ServerCodec codec = codec(new Csv());
		for (byte[] message : messages) {
			assertThat(decode(codec, of(message, "\n"))).isEqualTo(text.csv(message));
		}
	}

	@Provide
	Arbitrary<List<byte[]>> csvMessages() {
		Arbitrary<String> line = Arbitraries.frequencyOf(Tuple.of(20, Messages.list(true, ";", ",")),
				Tuple.of(1, Arbitraries.of("DONE:1", "DONE:2", "DONE:", "DONE:x", "DONE", "")));
		return Messages.bytes(withReturn(line), "\n").list().ofMinSize(1).ofMaxSize(2);
	}

	@Property(edgeCases = EdgeCasesMode.NONE)
	void packets(@ForAll("packetsMessages") List<byte[]> messages) {
		TextCodec text = new TextCodec(Samples.RULES);
		ServerCodec codec = codec(new Packets());
		for (byte[] message : messages) {
			assertThat(decode(codec, of(message.length >> 8, message.length & 0xff, message)))
				.isEqualTo(text.packets(message));
		}
	}

	@Provide
	Arbitrary<List<byte[]>> packetsMessages() {
		Arbitrary<String> batch = Combinators
			.combine(Arbitraries.frequency(Tuple.of(20, "1"), Tuple.of(1, "2"), Tuple.of(1, "x"), Tuple.of(1, "")),
					Arbitraries.of(":", ";"), Messages.list(false, ":", ";"))
			.as((agency, end, list) -> "StoreBatch:" + agency + end + list);
		Arbitrary<String> bet = Messages.bet(true).map((fields) -> "StoreBet:" + String.join(";", fields));
		Arbitrary<String> other = Arbitraries.of("AgencyClose:1", "AgencyClose:2", "WinnersRequest:1", "WinnersRequest",
				"StoreBatch:", "StoreBatch:1", "StoreBatch:1:", "StoreBet", ":", "", "Hello:1", "é".repeat(100));
		return Messages.bytes(Arbitraries.frequencyOf(Tuple.of(10, batch), Tuple.of(5, bet), Tuple.of(1, other)), "")
			.list()
			.ofMinSize(1)
			.ofMaxSize(2);
	}

	@Property(edgeCases = EdgeCasesMode.NONE)
	void tlv(@ForAll("tlvMessages") List<Tuple2<Integer, byte[]>> messages) {
		TextCodec text = new TextCodec(Samples.RULES);
		ServerCodec codec = codec(new Tlv());
		for (Tuple2<Integer, byte[]> message : messages) {
			byte[] data = message.get2();
			assertThat(decode(codec, of(message.get1(), 0, data.length >> 16, data.length >> 8, data.length, data)))
				.isEqualTo(text.tlv(message.get1(), data));
		}
	}

	@Provide
	Arbitrary<List<Tuple2<Integer, byte[]>>> tlvMessages() {
		Arbitrary<String> batch = Messages.bets(true)
			.flatMap((bets) -> Messages.count(bets.size()).map((count) -> count + "#" + marked(bets)));
		Arbitrary<String> bet = Messages.bet(true).map((fields) -> String.join("#", fields) + "#");
		Arbitrary<String> short1 = Arbitraries.of("0#", "#", "", "0##", "1#@0#", "1#@0##", "2#@0#1#@1#", "1#", "x#");
		Arbitrary<Tuple2<Integer, byte[]>> message = Arbitraries.frequencyOf(
				Tuple.of(10, Messages.bytes(batch, "").map((data) -> Tuple.of(3, data))),
				Tuple.of(5, Messages.bytes(bet, "").map((data) -> Tuple.of(1, data))),
				Tuple.of(2, Messages.bytes(short1, "").map((data) -> Tuple.of(3, data))),
				Tuple.of(1, Messages.bytes(short1, "").map((data) -> Tuple.of(5, data))));
		return message.list().ofMinSize(1).ofMaxSize(2);
	}

	private static String marked(List<List<String>> bets) {
		StringBuilder data = new StringBuilder();
		for (int i = 0; i < bets.size(); i++) {
			data.append('@').append(i).append('#').append(String.join("#", bets.get(i))).append('#');
		}
		return data.toString();
	}

	@Property(edgeCases = EdgeCasesMode.NONE)
	void fixed(@ForAll("fixedRecords") byte[][] records) {
		TextCodec text = new TextCodec(Samples.RULES);
		ServerCodec codec = codec(new Fixed());
		int chunk = 79 * records.length;
		byte[] message = of(chunk >> 8, chunk & 0xff, 0, 1);
		for (byte[] record : records) {
			message = of(message, record);
		}
		assertThat(decode(codec, message)).isEqualTo(text.fixed(1, records));
	}

	@Provide
	Arbitrary<byte[][]> fixedRecords() {
		Arbitrary<byte[]> record = Messages.bet(true)
			.filter((fields) -> fields.size() >= 5)
			.map(BytesAgreeWithTextTests::record);
		Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofSize(79).map((bytes) -> {
			bytes[0] = 1;
			return bytes;
		});
		return Arbitraries.frequencyOf(Tuple.of(20, record), Tuple.of(1, noise))
			.array(byte[][].class)
			.ofMinSize(1)
			.ofMaxSize(5);
	}

	/** Names are cut to their place wherever that cuts them. */
	private static byte[] record(List<String> fields) {
		return ByteBuffer.allocate(79)
			.put((byte) fields.getFirst().length())
			.put(name(fields.get(1)))
			.put(name(fields.get(2)))
			.putInt((int) number(fields.get(3)))
			.put(Arrays.copyOf(Bytes.of(fields.get(4)), 10))
			.putInt((fields.size() > 5) ? (int) number(fields.get(5)) : -1)
			.array();
	}

	private static byte[] name(String name) {
		return Arrays.copyOf(name.getBytes(StandardCharsets.UTF_8), 30);
	}

	private static long number(String text) {
		return text.matches("\\d{1,18}") ? Long.parseLong(text) : text.hashCode();
	}

}
