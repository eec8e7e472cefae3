package loteria.central.tcp;

import java.util.ArrayList;
import java.util.List;

import loteria.central.settings.CentralSettings.InvalidSettingException;
import loteria.central.settings.Connections;
import org.springframework.util.unit.DataSize;

/**
 * What the process really has room for: the settings, lowered where its heap or its limit
 * of open files are too small for all of them together. A listener that runs out of
 * descriptors closes for good, and a heap that runs out ends the central.
 *
 * @param memory what all messages may take together, in bytes
 * @param http connections to each HTTP port
 * @param lowered what is less than the settings say, and why, for the log
 */
public record Capacity(Connections connections, long memory, int http, List<Lowered> lowered) {

	/** Of the heap: what connections take that send nothing large. */
	private static final int CONNECTIONS_PART = 4;

	/** Of the descriptors: what HTTP may have where there are too few. */
	private static final int HTTP_PART = 5;

	/** Descriptors for whatever is opened later, the files of the store among them. */
	private static final int RESERVE = 24;

	/** Fewer connections than this are not a central. */
	private static final int FEWEST = 16;

	/**
	 * @param http connections wanted to each HTTP port
	 * @param httpPorts how many of those there are
	 * @param listeners how many ports agencies can connect to
	 * @param tls whether by TLS to any of them
	 */
	public static Capacity of(Connections wanted, int http, int httpPorts, int listeners, boolean tls,
			Machine machine) {
		List<Lowered> lowered = new ArrayList<>();
		long memory = wanted.memory().of(machine.heap());
		long maxMessage = lower("central.connections.max-message", wanted.maxMessage().toBytes(),
				Math.max(MessageMemory.longestMessage(memory), Connections.MIN_MESSAGE),
				"central.connections.memory=" + wanted.memory(), lowered);
		int max = (int) lower("central.connections.max", wanted.max(),
				Math.max(machine.heap() / CONNECTIONS_PART / (MessageMemory.CONNECTION + (tls ? MessageMemory.TLS : 0)),
						FEWEST),
				"a heap of " + (machine.heap() >> 20) + " MB (-Xmx)", lowered);

		long free = machine.descriptors() - machine.open() - RESERVE - 2L * listeners;
		if (free < FEWEST) {
			throw new InvalidSettingException("the limit of open files (ulimit -n)", machine.descriptors(),
					"at least " + (machine.descriptors() - free + FEWEST));
		}
		int eachHttp = http;
		if (max + (long) http * httpPorts > free) {
			String why = "a process that may have " + machine.descriptors() + " files open (ulimit -n)";
			eachHttp = (int) lower("server.tomcat.max-connections", http,
					Math.max(free / HTTP_PART / Math.max(httpPorts, 1), 1), why, lowered);
			max = (int) lower("central.connections.max", max, free - (long) eachHttp * httpPorts, why, lowered);
		}
		return new Capacity(wanted.with(max, DataSize.ofBytes(maxMessage)), memory, eachHttp, List.copyOf(lowered));
	}

	private static long lower(String key, long wanted, long possible, String why, List<Lowered> lowered) {
		if (wanted <= possible) {
			return wanted;
		}
		lowered.add(new Lowered(key, possible, wanted + " is too much for " + why));
		return possible;
	}

	/**
	 * A setting that is less than was wanted.
	 */
	public record Lowered(String key, long value, String reason) {

		/** As the log says it. */
		@Override
		public String toString() {
			return "key: " + this.key + " | value: " + this.value + " | reason: " + this.reason;
		}

	}

	/**
	 * What the process was given.
	 *
	 * @param heap in bytes, at the most
	 * @param descriptors how many it may have
	 * @param open how many it has now
	 */
	public record Machine(long heap, long descriptors, long open) {
	}

}
