package loteria.agency.tcp;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to a socket, and closes it when a write takes too long: for as long as the other
 * side is there and takes nothing, the system itself would wait for ever.
 */
final class TimedOutput extends OutputStream {

	private static final Logger log = LoggerFactory.getLogger(TimedOutput.class);

	private static final ScheduledThreadPoolExecutor watch = watch();

	private final Socket socket;

	private final OutputStream out;

	private final Patience patience;

	private final BooleanSupplier repeatable;

	private volatile boolean cutOff;

	/**
	 * @param repeatable whether what is lost can be sent again
	 */
	TimedOutput(Line line, Patience patience, BooleanSupplier repeatable) {
		this.socket = line.socket();
		this.out = line.out();
		this.patience = patience;
		this.repeatable = repeatable;
	}

	private static ScheduledThreadPoolExecutor watch() {
		ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1,
				Thread.ofPlatform().daemon().name("write-limit").factory());
		executor.setRemoveOnCancelPolicy(true);
		return executor;
	}

	@Override
	public void write(int single) throws IOException {
		write(new byte[] { (byte) single }, 0, 1);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		long limit = this.patience.forAWait(Central.REPLY_LIMIT, this.repeatable.getAsBoolean()).toMillis();
		ScheduledFuture<?> end = watch.schedule(this::cutOff, limit, TimeUnit.MILLISECONDS);
		long from = this.patience.now();
		try {
			this.out.write(bytes, offset, length);
		}
		catch (IOException ex) {
			if (this.cutOff) {
				throw new SocketTimeoutException("the central took nothing for " + limit + " ms");
			}
			throw ex;
		}
		finally {
			end.cancel(false);
			this.patience.waitedSince(from);
		}
	}

	private void cutOff() {
		this.cutOff = true;
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			log.warn("action: close_connection | result: fail | reason: {}", ex.toString());
		}
	}

}
