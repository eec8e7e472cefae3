package loteria.central.store.disk;

import java.util.zip.CRC32C;

/** The checks of the format, all CRC-32C. */
final class Checks {

	private Checks() {
	}

	static int of(byte[] bytes, int from, int length) {
		CRC32C check = new CRC32C();
		check.update(bytes, from, length);
		return (int) check.getValue();
	}

}
