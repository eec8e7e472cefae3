package loteria.central.tcp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import loteria.torture.Torture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every decoder over the transcripts, over what once broke one, and over messages that
 * are nearly right.
 */
class DecoderTests {

	/** In it a folder a decoder; what {@code make fuzz} finds is put there. */
	private static final Path FOUND = Path.of("src/test/resources/fuzz");

	private static final int MUTATIONS = 1000;

	static List<DecoderCheck> all() {
		return DecoderCheck.all();
	}

	@ParameterizedTest
	@MethodSource("all")
	void holdsForTheTranscripts(DecoderCheck decoder) {
		decoder.seeds().forEach((data) -> check(decoder, data));
	}

	@ParameterizedTest
	@MethodSource("all")
	void holdsForWhatWasFoundBefore(DecoderCheck decoder) throws IOException {
		Path folder = FOUND.resolve(decoder.toString());
		if (Files.isDirectory(folder)) {
			try (Stream<Path> files = Files.list(folder)) {
				for (Path file : files.toList()) {
					check(decoder, Files.readAllBytes(file));
				}
			}
		}
	}

	@ParameterizedTest
	@MethodSource("all")
	void holdsForWhatIsNearlyRight(DecoderCheck decoder) {
		Mutation mutation = new Mutation(Torture.random("mutations of " + decoder), decoder.seeds());
		for (int left = Torture.count("mutations", MUTATIONS); left > 0; left--) {
			check(decoder, mutation.next());
		}
	}

	private static void check(DecoderCheck decoder, byte[] data) {
		try {
			decoder.check(data);
		}
		catch (RuntimeException | AssertionError ex) {
			throw new AssertionError(decoder + " of " + HexFormat.of().formatHex(data), ex);
		}
	}

}
