package loteria.bench.subject;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import loteria.bench.load.Bets;
import loteria.bench.load.ExactReplies;
import loteria.bench.load.Messages;
import loteria.bench.load.Wire;

/**
 * What nobody who answers from disk can be faster than by much: bytes from a connection
 * into a file, forced {@value #PIECE} at a time, and looked at by nobody.
 *
 * @param like whose bytes these are
 */
public record Floor(Wire like) implements Subject {

	static final int PIECE = 64 * 1024;

	private static final byte[] DONE = { '.' };

	/** The program itself: takes one connection after the other. */
	public static void main(String[] arguments) throws IOException {
		InetAddress loopback = InetAddress.getLoopbackAddress();
		ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
		try (ServerSocketChannel server = ServerSocketChannel.open();
				FileChannel file = FileChannel.open(Path.of(arguments[1]), StandardOpenOption.CREATE_NEW,
						StandardOpenOption.WRITE)) {
			server.bind(new InetSocketAddress(loopback, Integer.parseInt(arguments[0])));
			while (true) {
				try (SocketChannel peer = server.accept()) {
					serve(peer, file, piece.clear());
				}
			}
		}
	}

	private static void serve(SocketChannel peer, FileChannel file, ByteBuffer piece) throws IOException {
		while (peer.read(piece) >= 0) {
			if (!piece.hasRemaining()) {
				piece.flip();
				while (piece.hasRemaining()) {
					file.write(piece);
				}
				file.force(false);
				piece.clear();
				peer.write(ByteBuffer.wrap(DONE));
			}
		}
	}

	@Override
	public String name() {
		return "floor: loopback to file, no parsing";
	}

	@Override
	public Running start(Workplace workplace) throws IOException {
		Path directory = workplace.directory("floor");
		int port = Running.freePort();
		List<String> command = List.of(Central.java(), "-cp", classPath(), Floor.class.getName(),
				Integer.toString(port), directory.resolve("bytes").toString());
		return Running.await(workplace.start(directory, command), directory, port);
	}

	/** This program's own, from wherever the other one runs. */
	private static String classPath() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.map((entry) -> Path.of(entry).toAbsolutePath().toString())
			.collect(Collectors.joining(File.pathSeparator));
	}

	@Override
	public Wire wire() {
		return new Pieces(this.like);
	}

	/**
	 * The bytes of batches, cut into pieces.
	 */
	private record Pieces(Wire like) implements Wire {

		@Override
		public Messages messages(int connection, Bets bets, int batch, int most, int bytes) throws IOException {
			return pieces(this.like.messages(connection, bets, batch, Integer.MAX_VALUE, Math.max(bytes, 4 * PIECE)));
		}

	}

	private static Messages pieces(Messages batches) {
		List<byte[]> pieces = new ArrayList<>();
		ByteBuffer bytes = batches.bytes().duplicate().position(0);
		double bets = batches.bets() * batches.ends().length * PIECE / bytes.remaining();
		while (bytes.remaining() >= PIECE) {
			byte[] piece = new byte[PIECE];
			bytes.get(piece);
			pieces.add(piece);
		}
		return Messages.of(new byte[0], pieces, bets, () -> new ExactReplies(List.of(DONE)));
	}

}
