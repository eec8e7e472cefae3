package loteria.agency.tcp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import loteria.agency.ending.StopSwitch;

/**
 * Looks up the addresses of a name, each time anew. That happens on a thread of its own:
 * a name server that does not answer can't be interrupted, only left.
 */
final class Lookup {

	static {
		// otherwise Java has the same answer for half a minute
		Security.setProperty("networkaddress.cache.ttl", "0");
		Security.setProperty("networkaddress.cache.negative.ttl", "0");
	}

	/** A system has several name servers, and waits some seconds for each. */
	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final Names names;

	private final Patience patience;

	private final StopSwitch stop;

	Lookup(Names names, Patience patience, StopSwitch stop) {
		this.names = names;
		this.patience = patience;
		this.stop = stop;
	}

	InetAddress[] addresses(String host) throws IOException {
		FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> this.names.addresses(host));
		this.stop.closeOnStop(() -> lookup.cancel(false));
		Duration limit = this.patience.forAWait(TIMEOUT, true);
		long from = this.patience.now();
		Thread.ofPlatform().daemon().name("lookup").start(lookup);
		try {
			return lookup.get(limit.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			throw new IOException("no address for " + host, ex.getCause());
		}
		catch (TimeoutException ex) {
			throw new IOException("no address for " + host + " within " + limit.toMillis() + " ms", ex);
		}
		catch (CancellationException ex) {
			this.stop.check();
			throw ex;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("interrupted");
		}
		finally {
			this.patience.waitedSince(from);
		}
	}

	/**
	 * Knows the addresses of names.
	 */
	interface Names {

		InetAddress[] addresses(String host) throws UnknownHostException;

	}

}
