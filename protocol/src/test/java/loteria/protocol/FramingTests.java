package loteria.protocol;

import java.util.Arrays;

import loteria.bytes.Slice;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static loteria.protocol.Bytes.arrive;
import static loteria.protocol.Bytes.arrived;
import static loteria.protocol.Bytes.hex;
import static loteria.protocol.Bytes.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FramingTests {

	private static Request echo(Slice message) {
		return new Request.Echo(message.text());
	}

	private static Request tooLong(String detail) {
		return new Request.Garbage(new Refusal(Reason.TOO_LONG, detail));
	}

	private static @Nullable Request one(LineFraming framing, Inbound in) {
		return framing.decode(in, FramingTests::echo);
	}

	@Test
	void cutsLines() {
		LineFraming framing = new LineFraming("a line", 1, 10);
		Inbound in = arrived("ab\n\nc\r\nd");
		assertThat(one(framing, in)).isEqualTo(new Request.Echo("ab"));
		assertThat(one(framing, in)).isEqualTo(new Request.Echo(""));
		assertThat(one(framing, in)).isEqualTo(new Request.Echo("c\r"));
		assertThat(one(framing, in)).isNull();
		assertThat(in.available()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "FOO / HTTP/1.1\r\n", "x HTTP/1.0\n", "HTTP/2.0\n", "S:1 HTTP/1.1\r\n1;A;B;1;1990-01-01;1\n" })
	void aFirstLineOfHttpEndsTheConversation(String text) {
		for (int lines = 1; lines <= 2; lines++) {
			LineFraming framing = new LineFraming("a message", lines, 100);
			assertThat(one(framing, arrived(text))).isEqualTo(new Request.Garbage(HttpRequest.REFUSAL));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.\n", "HTTP/1.x\n", "HTTP/1.1 \n", "TTP/1.1\n", "\n", "a\nb HTTP/1.1\n" })
	void otherLinesAreNotOfHttp(String text) {
		LineFraming framing = new LineFraming("a line", 1, 100);
		Inbound in = arrived(text);
		while (in.available() > 0) {
			assertThat(one(framing, in)).isInstanceOf(Request.Echo.class);
		}
	}

	@Test
	void cutsMessagesOfTwoLinesHoweverTheyArrive() {
		byte[] bytes = of("ab\ncd\nef\n\n");
		for (int cut = 0; cut <= bytes.length; cut++) {
			LineFraming framing = new LineFraming("a message", 2, 10);
			Inbound in = new Inbound();
			for (int i = 0; i < cut; i++) {
				arrive(in, new byte[] { bytes[i] });
				if (i < 5) {
					assertThat(one(framing, in)).isNull();
				}
			}
			arrive(in, Bytes.from(bytes, cut));
			assertThat(one(framing, in)).isEqualTo(new Request.Echo("ab\ncd"));
			assertThat(one(framing, in)).isEqualTo(new Request.Echo("ef\n"));
			assertThat(in.available()).isZero();
		}
	}

	@Test
	void refusesLinesOverTheLimitAtOnce() {
		assertThat(one(new LineFraming("a line", 1, 3), arrived("ab\n"))).isEqualTo(new Request.Echo("ab"));
		assertThat(one(new LineFraming("a line", 1, 3), arrived("abc"))).isNull();
		assertThat(one(new LineFraming("a line", 1, 3), arrived("abcd"))).isEqualTo(tooLong("a line of over 3 bytes"));
		assertThat(one(new LineFraming("a line", 1, 3), arrived("abc\n"))).isEqualTo(tooLong("a line of over 3 bytes"));
		assertThat(one(new LineFraming("a message", 2, 3), arrived("a\nb\n")))
			.isEqualTo(tooLong("a message of over 3 bytes"));
		assertThat(one(new LineFraming("a line", 1, 3), arrived("a\nabcd"))).isEqualTo(new Request.Echo("a"));
	}

	@Test
	void cutsByLength() {
		LengthFraming framing = new LengthFraming("a frame", 1, 2, 0, 0, 6);
		byte[] bytes = of("x", hex("0003"), "abc", "y", hex("0000"), "z");
		for (int cut = 0; cut < 6; cut++) {
			Inbound in = arrived(Arrays.copyOf(bytes, cut));
			assertThat(framing.decode(in, FramingTests::echo)).isNull();
			arrive(in, Bytes.from(bytes, cut));
			assertThat(framing.decode(in, FramingTests::echo)).isEqualTo(new Request.Echo("x\0\3abc"));
			assertThat(framing.decode(in, FramingTests::echo)).isEqualTo(new Request.Echo("y\0\0"));
			assertThat(framing.decode(in, FramingTests::echo)).isNull();
		}
	}

	@Test
	void refusesALengthOverTheLimitByItsHeaderAlone() {
		LengthFraming all = new LengthFraming("a frame", 1, 4, 0, 0, 10);
		assertThat(all.decode(arrived("x", hex("00000005")), FramingTests::echo)).isNull();
		assertThat(all.decode(arrived("x", hex("00000006")), FramingTests::echo))
			.isEqualTo(tooLong("a frame of 11 bytes where 10 are allowed"));
		assertThat(all.decode(arrived("x", hex("ffffffff")), FramingTests::echo))
			.isEqualTo(tooLong("a frame of 4294967300 bytes where 10 are allowed"));
		LengthFraming payload = new LengthFraming("a packet", 0, 2, 0, 2, 10);
		assertThat(payload.decode(arrived(hex("000a")), FramingTests::echo)).isNull();
		assertThat(payload.decode(arrived(hex("000b")), FramingTests::echo))
			.isEqualTo(tooLong("a packet of 11 bytes where 10 are allowed"));
	}

	@Test
	void cutsByALengthThatCountsItself() {
		LengthFraming framing = new LengthFraming("a frame", 0, 2, 2, 0, 10);
		Inbound in = arrived(hex("0005"), "abc", hex("0002"), hex("0001"));
		assertThat(framing.decode(in, FramingTests::echo)).isEqualTo(new Request.Echo("\0\5abc"));
		assertThat(framing.decode(in, FramingTests::echo)).isEqualTo(new Request.Echo("\0\2"));
		assertThat(framing.decode(in, FramingTests::echo)).isEqualTo(new Request.Garbage(
				new Refusal(Reason.MALFORMED, "a frame of 1 bytes, which are fewer than say its length")));
		assertThat(framing.decode(arrived(hex("000b")), FramingTests::echo))
			.isEqualTo(tooLong("a frame of 11 bytes where 10 are allowed"));
	}

	@Test
	void tellsAnAgencyWhenAReplyIsComplete() throws ProtocolException {
		LengthFraming framing = LengthFraming.ofReplies(1, 4);
		assertThat(framing.complete(arrived("x", hex("000000")), "tlv")).isZero();
		assertThat(framing.complete(arrived("x", hex("00000003"), "ab"), "tlv")).isZero();
		assertThat(framing.complete(arrived("x", hex("00000003"), "abcde"), "tlv")).isEqualTo(8);
		assertThat(framing.complete(arrived("x", hex("01000000")), "tlv")).isZero();
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> framing.complete(arrived("x", hex("01000001")), "tlv"))
			.withMessageContaining("tlv: expected at most 16777216 bytes");
	}

}
