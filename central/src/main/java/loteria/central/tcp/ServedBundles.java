package loteria.central.tcp;

import java.util.HashMap;
import java.util.Map;

import loteria.central.settings.CentralSettings;
import loteria.central.settings.CentralSettings.InvalidSettingException;
import loteria.central.settings.Listener.ClientAuth;
import loteria.central.settings.Listener.Ssl;
import loteria.central.tcp.ServedBundle.UnusableBundleException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;

/**
 * The bundles that listeners use, each once however many use it. Looked at before there
 * is a store: what is wrong with them stops the start.
 */
@Component(ServedBundles.NAME)
public class ServedBundles {

	public static final String NAME = "servedBundles";

	private final SslBundles bundles;

	private final Map<String, ServedBundle> served = new HashMap<>();

	private final Map<String, ListenerTls> listeners = new HashMap<>();

	ServedBundles(SslBundles bundles, CentralSettings settings) {
		this.bundles = bundles;
		settings.listeners().forEach((name, listener) -> {
			if (listener.enabled() && listener.ssl() != null) {
				this.listeners.put(name, of(name, listener.ssl()));
			}
		});
	}

	/** TLS of a listener, or null if it has none. */
	@Nullable ListenerTls of(String listener) {
		return this.listeners.get(listener);
	}

	private ListenerTls of(String listener, Ssl settings) {
		String key = "central.listeners." + listener + ".ssl.bundle";
		try {
			ServedBundle bundle = this.served.computeIfAbsent(settings.bundle(), this::serve);
			if (settings.clientAuth() != ClientAuth.NONE && !bundle.current().trusts()) {
				throw new UnusableBundleException(
						"it does not say whose certificates are good, truststore.certificate; or set ssl.client-auth=none");
			}
			return new ListenerTls(settings, bundle);
		}
		catch (UnusableBundleException ex) {
			throw new InvalidSettingException(key, settings.bundle(), "a bundle that can be used: " + ex.getMessage());
		}
		catch (NoSuchSslBundleException ex) {
			throw new InvalidSettingException(key, settings.bundle(),
					"the name of a bundle, spring.ssl.bundle.pem." + settings.bundle() + "; "
							+ (this.bundles.getBundleNames().isEmpty() ? "there is none"
									: "there are " + String.join(", ", this.bundles.getBundleNames())));
		}
	}

	private ServedBundle serve(String name) {
		ServedBundle bundle = new ServedBundle(name, this.bundles.getBundle(name));
		this.bundles.addBundleUpdateHandler(name, bundle::replace);
		return bundle;
	}

}
