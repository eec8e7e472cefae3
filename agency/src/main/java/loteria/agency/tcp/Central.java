package loteria.agency.tcp;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Supplier;

import loteria.agency.ending.Failure;
import loteria.agency.ending.StopSwitch;
import loteria.agency.settings.Settings;
import loteria.protocol.ClientCodec;
import loteria.protocol.ClientRequest;
import loteria.protocol.Reply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The central as the work sees it. A connection is opened when there is something to say
 * and none is open; it is kept, or lasts for one request, as the agency was told. For one
 * thread.
 * <p>
 * An {@link IOException} says that an open connection was lost, and has been closed: what
 * that means for what was sent is up to the caller. That none can be opened is a
 * {@link Failure}, after {@link Patience}.
 */
public final class Central implements Closeable {

	/**
	 * As long as {@link Patience} lasts, this is long enough for a central that was
	 * frozen for half a minute.
	 */
	public static final Duration REPLY_LIMIT = Duration.ofSeconds(60);

	/** For a central to close after a request that has no reply. */
	private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

	/** For a central to close after it refused a request. */
	private static final Duration HANG_UP_LIMIT = Duration.ofMillis(200);

	/** A central that let an agency wait for so long before it went away was there. */
	public static final Duration SOME_TIME = Duration.ofSeconds(1);

	/** After which a central that has never said anything is not only slow. */
	private static final Duration SUSPICIOUS = Duration.ofSeconds(10);

	private static final Logger log = LoggerFactory.getLogger(Central.class);

	private final Settings settings;

	private final Connector connector;

	private final Supplier<ClientCodec> codecs;

	private final boolean keepConnection;

	private final Patience patience;

	private final StopSwitch stop;

	private @Nullable Connection connection;

	private boolean understood;

	/** Whether it was said what may be behind that it has not. */
	private boolean suspected;

	private final Silence silence = new Silence() {

		@Override
		public Duration next() {
			return (Central.this.understood || Central.this.suspected) ? Duration.ofHours(1) : SUSPICIOUS;
		}

		@Override
		public void passed() {
			suspect();
		}

	};

	/**
	 * @param settings say where the centrals are and whether by TLS, and which agency
	 * asks: others begin with others of them
	 * @param codecs makes one for each connection
	 */
	public Central(Settings settings, Supplier<ClientCodec> codecs, boolean keepConnection, Patience patience,
			StopSwitch stop) {
		this.settings = settings;
		this.connector = new Connector(settings.servers(), settings.id() - 1, settings.tls(),
				new Lookup(InetAddress::getAllByName, patience, stop), patience, stop);
		this.codecs = codecs;
		this.keepConnection = keepConnection;
		this.patience = patience;
		this.stop = stop;
	}

	/**
	 * Makes sure of a connection. After that, and not before, what is sent may arrive.
	 */
	public void connect() throws Failure {
		open();
	}

	private Connection open() throws Failure {
		Connection open = this.connection;
		while (open == null) {
			try {
				open = this.connector.connect(this.codecs.get());
				this.connection = open;
				log.debug("action: connect | result: success | address: {}", open);
			}
			catch (IOException ex) {
				this.patience.pause(ex);
			}
		}
		return open;
	}

	/**
	 * Sends a request, whose reply is to be {@linkplain #receive received}. It may rest
	 * in a buffer until then.
	 */
	public void send(ClientRequest request) throws IOException, Failure {
		Connection open = open();
		try {
			open.send(request);
		}
		catch (IOException ex) {
			throw lost(ex);
		}
	}

	/**
	 * Waits for the reply to {@code request}, the oldest that has none.
	 * @param limit for the whole reply, if patience lasts so long
	 */
	public Reply receive(ClientRequest request, Duration limit) throws IOException, Failure {
		Connection open = open();
		try {
			Reply reply = open.receive(request, limit, this.silence);
			this.understood = true;
			release(open);
			return reply;
		}
		catch (IOException ex) {
			throw lost(ex);
		}
	}

	/** Whether the central has ever said something that was understood. */
	public boolean isUnderstood() {
		return this.understood;
	}

	private void suspect() {
		if (!this.understood && !this.suspected && this.connection != null) {
			this.suspected = true;
			IOException silent = new IOException("no reply within " + SUSPICIOUS.toMillis() + " ms");
			log.warn("action: receive_message | result: in_progress | reason: {}",
					WrongPeerException.explain(silent, this.connection.unread(), this.settings).getMessage());
		}
	}

	/**
	 * Sends a request that only the draw answers, and waits for it. Where the central
	 * closes after some time without a reply, that is {@link Reply.Silence}: it was
	 * there.
	 */
	public Reply await(ClientRequest request, Silence waiting) throws IOException, Failure {
		Connection open = open();
		long since = System.nanoTime();
		try {
			open.send(request);
			Reply reply = open.receive(request, waiting);
			this.understood = true;
			release(open);
			return reply;
		}
		catch (EOFException ex) {
			if (open.unread().available() > 0 || System.nanoTime() - since < SOME_TIME.toNanos()) {
				throw lost(ex);
			}
			close();
			return new Reply.Silence();
		}
		catch (IOException ex) {
			throw lost(ex);
		}
	}

	/**
	 * @return the reply to {@code request}, the oldest that has none, if it came together
	 * with the one before
	 */
	public @Nullable Reply poll(ClientRequest request) throws IOException {
		Connection open = this.connection;
		try {
			return (open == null) ? null : open.poll(request);
		}
		catch (IOException ex) {
			throw lost(ex);
		}
	}

	/**
	 * Sends a request when none is under way, and waits for its reply. Where it has none
	 * and a connection of its own, the central's closing of that one shows that it came
	 * through; the reply is then {@link Reply.Silence}.
	 */
	public Reply ask(ClientRequest request, Duration limit) throws IOException, Failure {
		Connection open = open();
		if (open.isAnswered(request)) {
			send(request);
			return receive(request, limit);
		}
		try {
			open.send(request);
			if (!this.keepConnection) {
				open.endOutput();
				open.isClosedWithin(CLOSE_LIMIT);
				release(open);
			}
			return new Reply.Silence();
		}
		catch (IOException ex) {
			throw lost(ex);
		}
	}

	/**
	 * Waits a moment for the central to close after a refusal, which says that it won't
	 * go on; another connection is then opened next time.
	 * @return whether it did
	 */
	public boolean hangsUp() {
		Connection open = this.connection;
		try {
			if (open != null && open.isClosedWithin(HANG_UP_LIMIT)) {
				close();
			}
		}
		catch (IOException ex) {
			lost(ex);
		}
		return this.connection == null;
	}

	private void release(Connection open) throws IOException {
		if (!this.keepConnection) {
			this.connection = null;
			open.close();
		}
	}

	/** Says what became of the connection, unless the agency itself was stopped. */
	private IOException lost(IOException ex) {
		this.stop.check();
		Connection lost = this.connection;
		IOException cause = (lost == null || this.understood || ex instanceof NoTlsException) ? ex
				: WrongPeerException.explain(ex, lost.unread(), this.settings);
		if (lost != null) {
			this.connection = null;
			log.warn("action: close_connection | result: fail | reason: {}",
					this.suspected ? WrongPeerException.briefly(cause) : cause.getMessage());
			this.suspected |= cause != ex;
			try {
				lost.close();
			}
			catch (IOException closing) {
				cause.addSuppressed(closing);
			}
		}
		return cause;
	}

	/** Takes leave of the central, so that it need not wonder. */
	public void leave() {
		Connection open = this.connection;
		if (open != null) {
			try {
				open.sayGoodbye();
			}
			catch (IOException ex) {
				log.debug("action: disconnect | result: fail | reason: {}", ex.toString());
			}
		}
		close();
	}

	@Override
	public void close() {
		Connection open = this.connection;
		if (open == null) {
			return;
		}
		this.connection = null;
		try {
			open.close();
			log.info("action: close_connection | result: success");
		}
		catch (IOException ex) {
			log.warn("action: close_connection | result: fail | reason: {}", ex.toString());
		}
	}

}
