package loteria.local.certificates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;

import loteria.local.certificates.Authority.Issued;

/**
 * A directory of {@code <name>.pem} and {@code <name>.key}. Each file is there whole or
 * not at all, and only its owner can read a key, from its first byte on.
 */
record CertificateFiles(Path directory) {

	private static final String OWNER_ONLY = "rw-------";

	private static final String FOR_ALL = "rw-r--r--";

	boolean have(String name) {
		return Files.exists(certificate(name)) || Files.exists(key(name));
	}

	Authority authority(String name) throws IOException, GeneralSecurityException {
		return Authority.of(Files.readString(certificate(name)), Files.readString(key(name)));
	}

	void write(String name, Issued issued) throws IOException, GeneralSecurityException {
		Files.createDirectories(this.directory);
		write(key(name), issued.keyPem(), OWNER_ONLY);
		write(certificate(name), issued.certificatePem(), FOR_ALL);
	}

	private void write(Path file, String text, String permissions) throws IOException {
		Path next = file.resolveSibling(file.getFileName() + ".next");
		Files.deleteIfExists(next);
		try {
			Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
			Files.writeString(next, text);
			Files.setPosixFilePermissions(next, PosixFilePermissions.fromString(permissions));
			Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(next);
		}
	}

	Path certificate(String name) {
		return this.directory.resolve(name + ".pem");
	}

	Path key(String name) {
		return this.directory.resolve(name + ".key");
	}

}
