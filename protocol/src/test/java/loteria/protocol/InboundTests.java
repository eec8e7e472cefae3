package loteria.protocol;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static loteria.protocol.Bytes.arrive;
import static loteria.protocol.Bytes.arrived;
import static loteria.protocol.Bytes.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class InboundTests {

	@Test
	void countsFromTheFirstByteNotTaken() {
		Inbound in = arrived("abcdef");
		in.skip(2);
		assertThat(in.available()).isEqualTo(4);
		assertThat(in.at(0)).isEqualTo((byte) 'c');
		assertThat(in.at(3)).isEqualTo((byte) 'f');
		assertThat(in.indexOf((byte) 'e', 0)).isEqualTo(2);
		assertThat(in.text(1, 2)).isEqualTo("de");
	}

	@Test
	void readsUnsignedBigEndianIntegers() {
		Inbound in = arrived(hex("00 ff 80 01 02 ff ff ff ff"));
		assertThat(in.unsigned(1, 1)).isEqualTo(255);
		assertThat(in.unsigned(0, 2)).isEqualTo(255);
		assertThat(in.unsigned(2, 2)).isEqualTo(0x8001);
		assertThat(in.unsigned(2, 3)).isEqualTo(0x800102);
		assertThat(in.unsigned(5, 4)).isEqualTo(4294967295L);
	}

	@Test
	void findsTheFirstOfSeveral() {
		Inbound in = arrived("a\nb\nc\n");
		assertThat(in.indexOf((byte) '\n', 0)).isEqualTo(1);
		assertThat(in.indexOf((byte) '\n', 1)).isEqualTo(1);
		assertThat(in.indexOf((byte) '\n', 2)).isEqualTo(3);
		assertThat(in.indexOf((byte) 'x', 0)).isEqualTo(-1);
	}

	@Test
	void findsWhatArrivesAfterItLookedInVain() {
		Inbound in = arrived("abc");
		assertThat(in.indexOf((byte) '\n', 1)).isEqualTo(-1);
		arrive(in, Bytes.of("d\n"));
		assertThat(in.indexOf((byte) '\n', 1)).isEqualTo(4);
	}

	@Test
	void looksAgainFromTheFrontAfterATake() {
		Inbound in = arrived("abc");
		assertThat(in.indexOf((byte) '\n', 0)).isEqualTo(-1);
		in.skip(3);
		arrive(in, Bytes.of("\nabc"));
		assertThat(in.indexOf((byte) '\n', 0)).isZero();
	}

	@Test
	void looksForEachByteByItself() {
		Inbound in = arrived("ab");
		assertThat(in.indexOf((byte) 'x', 0)).isEqualTo(-1);
		assertThat(in.indexOf((byte) 'a', 0)).isZero();
	}

	@Test
	void readsTextOnlyWhereItIsUtf8() {
		assertThat(arrived("ñ€😀").text(0, 9)).isEqualTo("ñ€😀");
		assertThat(arrived("a\uFFFDb").text(0, 5)).isEqualTo("a\uFFFDb");
		assertThat(arrived("").text(0, 0)).isEmpty();
		assertThat(arrived(hex("61 ff 62")).text(0, 3)).isNull();
		assertThat(arrived(hex("61 c3")).text(0, 2)).isNull();
		assertThat(arrived(hex("c0 af")).text(0, 2)).isNull();
		assertThat(arrived(hex("ed a0 80")).text(0, 3)).isNull();
		assertThat(arrived("\uFFFD", hex("ff")).text(0, 4)).isNull();
	}

	@Test
	void judgesOnlyTheTextAskedFor() {
		assertThat(arrived(hex("ff 61 62 ff")).text(1, 2)).isEqualTo("ab");
		assertThat(arrived("\uFFFD", hex("ff")).text(0, 3)).isEqualTo("\uFFFD");
	}

	@Test
	void showsTextThatIsNotUtf8() {
		assertThat(arrived(hex("61 ff 62")).lossyText(0, 3)).isEqualTo("a\uFFFDb");
	}

	@Test
	void takesNoMoreThanIsThere() {
		Inbound in = arrived("abc");
		assertThatIllegalArgumentException().isThrownBy(() -> in.skip(4)).withMessage("skip of 4 with 3 available");
		assertThatIllegalArgumentException().isThrownBy(() -> in.skip(-1));
		in.skip(0);
		assertThat(in.available()).isEqualTo(3);
		in.skip(3);
		assertThat(in.available()).isZero();
	}

	private static byte[] noise(int length) {
		byte[] bytes = new byte[length];
		new Random(1).nextBytes(bytes);
		return bytes;
	}

	@Test
	void growsWithWhatArrivesAndKeepsEveryByte() {
		byte[] bytes = noise(300_000);
		Inbound in = arrived(bytes);
		assertThat(in.available()).isEqualTo(bytes.length);
		for (int i = 0; i < bytes.length; i++) {
			assertThat(in.at(i) == bytes[i]).as("byte %d", i).isTrue();
		}
	}

	@Test
	void keepsEveryByteWhileMessagesAreTakenOffTheFront() {
		byte[] bytes = noise(700_000);
		Inbound in = new Inbound();
		int taken = 0;
		int given = 0;
		for (int step = 1; taken < bytes.length; step++) {
			int more = Math.min(step * 7 % 5000 * 20, bytes.length - given);
			arrive(in, Arrays.copyOfRange(bytes, given, given + more));
			given += more;
			int take = (given == bytes.length) ? in.available() : Math.min(in.available(), step * 11 % 4999 * 19);
			for (int i = 0; i < take; i++) {
				assertThat(in.at(i) == bytes[taken + i]).as("byte %d", taken + i).isTrue();
			}
			in.skip(take);
			taken += take;
		}
	}

	@Test
	void readsNoMoreAtOnceThanAQuietConnectionNeeds() throws IOException {
		ByteArrayInputStream stream = new ByteArrayInputStream(new byte[100_000]);
		Inbound in = new Inbound();
		in.fill(stream);
		assertThat(in.available()).isEqualTo(8192);
		in.fill(stream);
		assertThat(in.available()).isEqualTo(16384);
	}

	@Test
	void isSmallAgainOnceLittleIsLeftOfALargeMessage() throws IOException {
		byte[] bytes = noise(500_010);
		Inbound in = arrived(bytes);
		in.skip(400_000);
		in.trim();
		assertThat(in.available()).isEqualTo(100_010);
		in.skip(100_000);
		in.trim();
		assertThat(in.capacity()).isEqualTo(8192);
		assertThat(in.available()).isEqualTo(10);
		assertThat(in.at(9)).isEqualTo(bytes[500_009]);
		in.skip(10);
		in.fill(new ByteArrayInputStream(new byte[100_000]));
		assertThat(in.available()).isEqualTo(8192);
	}

	@Test
	void saysBeforeItGrowsHowLargeItWillBe() throws IOException {
		ByteArrayInputStream stream = new ByteArrayInputStream(new byte[1_000_000]);
		Inbound in = new Inbound();
		do {
			int next = in.nextCapacity();
			in.fill(stream);
			assertThat(in.capacity()).isEqualTo(next);
		}
		while (!in.hasEnded());
		assertThat(in.capacity()).isEqualTo(1024 * 1024);
	}

	@Test
	void staysLargeForAConnectionThatIsBusy() throws IOException {
		Inbound in = arrived(new byte[40_000]);
		in.skip(40_000);
		in.fill(new ByteArrayInputStream(new byte[100_000]));
		assertThat(in.available()).isEqualTo(65536);
	}

	@Test
	void makesRoomWithoutGrowingWhereHalfOfItIsTaken() throws IOException {
		Inbound in = arrived(new byte[65_536]);
		in.skip(32_768);
		in.fill(new ByteArrayInputStream(new byte[100_000]));
		assertThat(in.available()).isEqualTo(65_536);
	}

	@Test
	void endsWithItsStream() throws IOException {
		Inbound in = new Inbound();
		assertThat(in.fill(new ByteArrayInputStream(new byte[1]))).isTrue();
		assertThat(in.hasEnded()).isFalse();
		assertThat(in.fill(new ByteArrayInputStream(new byte[0]))).isFalse();
		assertThat(in.hasEnded()).isTrue();
		assertThat(in.available()).isEqualTo(1);
	}

	@Test
	void pausesUntilSomethingHappens() {
		Inbound in = arrived("ab");
		assertThat(in.hasPaused()).isFalse();
		in.pause();
		assertThat(in.hasPaused()).isTrue();
		in.skip(1);
		assertThat(in.hasPaused()).isFalse();
		in.pause();
		arrive(in, Bytes.of("c"));
		assertThat(in.hasPaused()).isFalse();
	}

	@Test
	void dumpsThirtyTwoBytesAtTheMost() {
		assertThat(arrived(hex("00 0a ff")).hexDump()).isEqualTo("00 0a ff");
		assertThat(arrived("").hexDump()).isEmpty();
		assertThat(arrived("a".repeat(32)).hexDump()).isEqualTo("61 ".repeat(31) + "61");
		assertThat(arrived("a".repeat(33)).hexDump()).isEqualTo("61 ".repeat(32) + "…");
	}

	@Test
	void outlinesItsFirstBytes() {
		assertThat(arrived("S:10\n1;Núñez;|").outline()).isEqualTo("\"x:99\uFFFD9;xxxxxxx;¦\"");
		assertThat(arrived("a".repeat(33)).outline()).isEqualTo("\"" + "x".repeat(32) + "…\"");
	}

}
