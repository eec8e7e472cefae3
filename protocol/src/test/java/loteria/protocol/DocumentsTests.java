package loteria.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Collections;
import java.util.List;

import loteria.bet.BetRules;
import loteria.protocol.Dialect.Limits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * However many winners an agency has: no piece of the reply is larger than a document.
 */
class DocumentsTests {

	private static final int PIECE = 64;

	@ParameterizedTest
	@CsvSource({ "lines, 1000000", "csv, 1000000", "tlv, 1000000", "packets, 5000", "fixed, 16383" })
	void areNeverInMemoryAsOneReply(String name, int count) throws IOException {
		ServerCodec codec = Dialects.named(name).orElseThrow().server(new BetRules(Clock.systemUTC()), Limits.DEFAULT);
		List<String> documents = Collections.nCopies(count, "30904465");
		Reply.Winners winners = new Reply.Winners(documents);
		assertThat(codec.cannotSay(winners)).isNull();
		Pieces pieces = new Pieces();
		codec.encode(new Request.FindWinners(1), winners, pieces);
		assertThat(pieces.largest).isLessThanOrEqualTo(PIECE);
		assertThat(pieces.bytes).isGreaterThanOrEqualTo(count * 4L);
	}

	private static final class Pieces extends OutputStream {

		private int largest;

		private long bytes;

		@Override
		public void write(int oneByte) {
			this.bytes++;
		}

		@Override
		public void write(byte[] piece, int from, int length) {
			this.largest = Math.max(this.largest, length);
			this.bytes += length;
		}

	}

}
