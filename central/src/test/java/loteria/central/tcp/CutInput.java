package loteria.central.tcp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import loteria.protocol.Inbound;
import loteria.protocol.Request;
import loteria.protocol.ServerCodec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a codec makes of bytes that arrive in two pieces, and end.
 */
final class CutInput {

	private CutInput() {
	}

	/**
	 * @param cut how many bytes the first piece has
	 */
	static List<Request> requests(ServerCodec codec, byte[] bytes, int cut) throws IOException {
		Inbound in = new Inbound();
		List<Request> requests = new ArrayList<>();
		arrive(in, Arrays.copyOf(bytes, cut));
		decode(codec, in, requests);
		arrive(in, Arrays.copyOfRange(bytes, cut, bytes.length));
		decode(codec, in, requests);
		in.fill(new ByteArrayInputStream(new byte[0]));
		decode(codec, in, requests);
		return requests;
	}

	static void arrive(Inbound in, byte[] bytes) throws IOException {
		ByteArrayInputStream stream = new ByteArrayInputStream(bytes);
		while (stream.available() > 0) {
			in.fill(stream);
		}
	}

	/** Up to garbage, after which a central listens no more. */
	private static void decode(ServerCodec codec, Inbound in, List<Request> requests) {
		while (requests.isEmpty() || !(requests.getLast() instanceof Request.Garbage)) {
			Request request = codec.decode(in);
			if (request == null) {
				return;
			}
			assertThat(codec.agency().orElse(1)).isPositive();
			requests.add(request);
		}
	}

}
