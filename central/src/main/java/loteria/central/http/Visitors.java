package loteria.central.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How often one address may ask or connect, on all HTTP ports together: so often a
 * second, and after a pause as often as in {@value #SAVED} seconds at once. What it may
 * not is not counted.
 */
final class Visitors {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private static final int SAVED = 4;

	/**
	 * As often as so many addresses may, all may together. Beyond that each may once a
	 * second: many addresses are nearly always one attacker, and a health check or a
	 * Prometheus among them still gets its answer.
	 */
	private static final int CROWD = 4;

	/** Addresses, beyond which those are forgotten that may do anything again. */
	private static final int MANY = 10_000;

	/** An IPv6 network, all of whose addresses one machine may have. */
	private static final int NETWORK_BYTES = 8;

	private final long each;

	private final LongSupplier nanoTime;

	/** By address: until when what it did is paid for. */
	private final Map<String, Long> paid = new HashMap<>();

	private long purged;

	/** Until when what all addresses did is paid for. */
	private long crowd;

	/**
	 * @param perSecond 0 for as often as they like
	 */
	Visitors(int perSecond, LongSupplier nanoTime) {
		this.each = (perSecond > 0) ? SECOND / perSecond : 0;
		this.nanoTime = nanoTime;
		this.purged = nanoTime.getAsLong();
		this.crowd = this.purged;
	}

	/** What counts as one address. */
	static String name(InetAddress address) {
		return (address instanceof Inet6Address)
				? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
				: address.getHostAddress();
	}

	/** Whether it may, once more now. */
	synchronized boolean may(InetAddress address) {
		if (this.each == 0) {
			return true;
		}
		long now = this.nanoTime.getAsLong();
		if (this.paid.size() > MANY && now - this.purged > SECOND) {
			this.purged = now;
			this.paid.values().removeIf((until) -> until - now < 0);
		}
		long before = notBefore(now, this.crowd);
		boolean crowded = before - now > SAVED * SECOND - this.each / CROWD;
		long price = crowded ? SECOND : this.each;
		String name = name(address);
		long until = notBefore(now, this.paid.getOrDefault(name, now));
		if (until - now > SAVED * SECOND - price) {
			return false;
		}
		this.paid.put(name, until + price);
		this.crowd = crowded ? before : before + this.each / CROWD;
		return true;
	}

	private static long notBefore(long now, long time) {
		return (time - now < 0) ? now : time;
	}

}
