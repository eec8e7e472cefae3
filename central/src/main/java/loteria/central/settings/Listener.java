package loteria.central.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import loteria.protocol.Dialect;
import loteria.protocol.Dialects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

import static loteria.central.settings.CentralSettings.MAX_PORT;
import static loteria.central.settings.CentralSettings.require;
import static loteria.central.settings.CentralSettings.requirePositive;

/**
 * A port that agencies connect to, as the settings have it.
 *
 * @param port 0 for any that is free; the dialect's own where none is set
 * @param address to listen on; all of the machine's where there is none
 * @param peers from where who may speak, as in {@link PeerRule}; anybody where there are
 * none
 * @param backlog how many may wait to be accepted; the system's own limit may be lower
 * @param ssl TLS, or null for none
 */
public record Listener(@Nullable String dialect, @DefaultValue("" + OF_DIALECT) int port, @Nullable String address,
		@DefaultValue("true") boolean enabled, @DefaultValue("" + BACKLOG) int backlog,
		@DefaultValue List<String> peers, @Nullable Ssl ssl) {

	/** Unless a setting says otherwise. */
	public static final int BACKLOG = 511;

	private static final int OF_DIALECT = Integer.MIN_VALUE;

	public Listener {
		if (port == OF_DIALECT && dialect != null) {
			port = Dialects.named(dialect).map(Dialect::port).orElse(port);
		}
	}

	void requireValid(String key) {
		require(this.dialect != null && Dialects.named(this.dialect).isPresent(), key + ".dialect",
				String.valueOf(this.dialect),
				"one of " + Dialects.all().stream().map(Dialect::name).collect(Collectors.joining(", ")));
		require(this.port >= 0 && this.port <= MAX_PORT, key + ".port", this.port, "a port from 0 to 65535");
		require(this.backlog >= 1, key + ".backlog", this.backlog, "a whole number from 1 on");
		require(areValid(this.peers), key + ".peers", String.join(",", this.peers), PeerRule.FORM);
		if (this.ssl != null) {
			this.ssl.requireValid(key + ".ssl");
		}
	}

	private static boolean areValid(List<String> peers) {
		try {
			peers.forEach(PeerRule::parse);
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/** Whether it can be reached from other machines. */
	boolean isOpenToOthers() {
		try {
			return this.address == null || !InetAddress.getByName(this.address).isLoopbackAddress();
		}
		catch (UnknownHostException ex) {
			// it will not listen there
			return false;
		}
	}

	/** With its dialect where that is not what the listener is called. */
	String describe(String name) {
		return (name.equals(this.dialect) ? name : name + "=" + this.dialect) + ":" + this.port
				+ ((this.ssl == null) ? "" : "(" + this.ssl.describe() + ")");
	}

	/** Whether who speaks has to show by a certificate which agency it is. */
	boolean demandsCertificates() {
		return this.ssl != null && this.ssl.clientAuth == ClientAuth.NEED;
	}

	/**
	 * TLS of a listener.
	 *
	 * @param bundle the name of one of {@code spring.ssl.bundle}
	 * @param clientAuth whether agencies show a certificate
	 * @param handshake how long it may take
	 */
	public record Ssl(@DefaultValue("") String bundle, @DefaultValue("need") ClientAuth clientAuth,
			@DefaultValue("10s") @DurationUnit(ChronoUnit.SECONDS) Duration handshake) {

		private void requireValid(String key) {
			require(!this.bundle.isBlank(), key + ".bundle", this.bundle,
					"the name of a bundle, one of spring.ssl.bundle.pem.<name>");
			requirePositive(this.handshake, key + ".handshake");
		}

		private String describe() {
			return "tls=" + this.bundle + ",client-auth=" + this.clientAuth.name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * Whether agencies show a certificate, which says what they may speak for: they need
	 * not, they may, or they must.
	 */
	public enum ClientAuth {

		NONE, WANT, NEED

	}

}
