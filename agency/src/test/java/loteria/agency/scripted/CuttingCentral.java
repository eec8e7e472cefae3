package loteria.agency.scripted;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import loteria.bytes.Sha256;

/**
 * A central of dialect {@code lines} that stores what it gets, in memory, and whose first
 * connection breaks at a given byte of the dialogue.
 */
public final class CuttingCentral implements AutoCloseable {

	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final List<String> stored = new CopyOnWriteArrayList<>();

	private int bytesLeftToReceive;

	private int bytesLeftToSend;

	private volatile boolean finished;

	/**
	 * @param received how many bytes it takes before the cut
	 * @param sent how many bytes it says before the cut, whichever comes first
	 */
	public CuttingCentral(int received, int sent) throws IOException {
		this.bytesLeftToReceive = received;
		this.bytesLeftToSend = sent;
		Thread.ofVirtual().start(this::serve);
	}

	private void serve() {
		while (!this.server.isClosed()) {
			try (Socket socket = this.server.accept()) {
				try {
					converse(socket);
				}
				finally {
					socket.setSoLinger(true, 0);
				}
			}
			catch (CutException ex) {
				this.bytesLeftToReceive = Integer.MAX_VALUE;
				this.bytesLeftToSend = Integer.MAX_VALUE;
			}
			catch (IOException ex) {
				// closed, or the agency was quicker to hang up
			}
		}
	}

	private void converse(Socket socket) throws IOException {
		BufferedReader in = new BufferedReader(
				new InputStreamReader(new CutInput(socket.getInputStream()), StandardCharsets.UTF_8));
		for (String header = in.readLine(); header != null; header = in.readLine()) {
			String body = in.readLine();
			switch (header.charAt(0)) {
				case 'H' -> say(socket, "H:" + this.stored.size() + "\n" + (this.finished ? "CLOSED" : "OPEN") + "\n");
				case 'S' -> {
					this.stored.addAll(List.of(body.split("~")));
					say(socket, "R:1\nOK\n");
				}
				case 'V' -> say(socket, "V:" + this.stored.size() + "\n" + sha256() + "\n");
				default -> {
					this.finished = true;
					say(socket, "W:0\nN\n");
				}
			}
		}
	}

	private String sha256() {
		MessageDigest digest = Sha256.digest();
		this.stored.forEach((bet) -> digest.update((bet.replace(';', ',') + "\r\n").getBytes(StandardCharsets.UTF_8)));
		return Sha256.hex(digest);
	}

	private void say(Socket socket, String text) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		int allowed = Math.min(bytes.length, this.bytesLeftToSend);
		OutputStream out = socket.getOutputStream();
		out.write(bytes, 0, allowed);
		this.bytesLeftToSend -= allowed;
		if (allowed < bytes.length) {
			throw new CutException();
		}
	}

	/** {@code --server.address=…} for an agency that is to find it. */
	public String address() {
		return "--server.address=" + this.server.getInetAddress().getHostAddress() + ":" + this.server.getLocalPort();
	}

	/** Bets as they came, in the order in which they were stored. */
	public List<String> stored() {
		return this.stored;
	}

	/** Whether the agency has said that it has finished. */
	public boolean isFinished() {
		return this.finished;
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

	/** A line that is cut is never seen: one byte at a time up to the cut. */
	private final class CutInput extends FilterInputStream {

		CutInput(InputStream in) {
			super(in);
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			if (CuttingCentral.this.bytesLeftToReceive == 0) {
				throw new CutException();
			}
			int read = super.read(buffer, offset, Math.min(length, CuttingCentral.this.bytesLeftToReceive));
			CuttingCentral.this.bytesLeftToReceive -= Math.max(read, 0);
			return read;
		}

	}

	private static final class CutException extends IOException {

		private static final long serialVersionUID = 1L;

	}

}
