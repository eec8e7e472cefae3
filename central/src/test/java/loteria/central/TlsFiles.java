package loteria.central;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import loteria.protocol.Dialect;
import loteria.protocol.Dialects;
import loteria.tls.TestCertificates;
import loteria.tls.TestCertificates.Issued;

/**
 * A directory with the central's certificate, and the settings that name it.
 */
public record TlsFiles(Path directory) {

	/** Puts a certificate there, in place of the one before. */
	public TlsFiles with(Issued issued) {
		TestCertificates.write(this.directory, "central", issued);
		return this;
	}

	/**
	 * Every listener by TLS.
	 * @param more settings
	 */
	public String[] settings(String... more) {
		List<String> settings = new ArrayList<>(bundle());
		for (Dialect dialect : Dialects.all()) {
			settings.add("--central.listeners." + dialect.name() + ".ssl.bundle=central");
		}
		settings.addAll(List.of(more));
		return settings.toArray(String[]::new);
	}

	/** The bundle alone, which is called central. */
	public List<String> bundle() {
		String pem = "--spring.ssl.bundle.pem.central.";
		return List.of(pem + "keystore.certificate=file:" + this.directory.resolve("central.pem"),
				pem + "keystore.private-key=file:" + this.directory.resolve("central.key"),
				pem + "truststore.certificate=file:" + this.directory.resolve("ca.pem"));
	}

}
