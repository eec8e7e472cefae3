package loteria.central.tcp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import loteria.process.SystemText;

/**
 * What {@code make fuzz} has Jazzer call, which knows the names of the methods. As a
 * program it lists the decoders, or writes the seeds of one into a directory.
 */
public final class DecoderFuzz {

	private static DecoderCheck decoder = DecoderCheck.all().getFirst();

	private DecoderFuzz() {
	}

	public static void fuzzerInitialize(String[] args) {
		decoder = DecoderCheck.named(args[0]);
	}

	public static void fuzzerTestOneInput(byte[] data) {
		decoder.check(data);
	}

	public static void main(String[] args) throws IOException {
		SystemText.writeUtf8();
		if (args.length == 0) {
			DecoderCheck.all().forEach(System.out::println);
			return;
		}
		List<byte[]> seeds = DecoderCheck.named(args[0]).seeds();
		for (int i = 0; i < seeds.size(); i++) {
			Files.write(Path.of(args[1]).resolve("seed-" + i), seeds.get(i));
		}
	}

}
