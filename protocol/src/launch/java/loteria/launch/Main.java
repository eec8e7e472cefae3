package loteria.launch;

import java.io.File;
import java.lang.reflect.InvocationTargetException;

/**
 * Where both programs begin: says in one line that this Java is too old for them, which
 * Java itself says in twenty. For that it is compiled for Java 8, and alone; nothing of
 * the programs may be referred to here.
 */
public final class Main {

	private static final int NEEDED = 25;

	/** Of the programs, for a setting that they can't work with. */
	private static final int UNUSABLE = 2;

	private static final String LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";

	private Main() {
	}

	public static void main(String[] args) throws Throwable {
		String version = System.getProperty("java.specification.version");
		if (feature(version) < NEEDED) {
			System.err.println(new File(System.getProperty("java.class.path")).getName() + " needs Java " + NEEDED
					+ " or newer; this is Java " + version + " in " + System.getProperty("java.home"));
			System.exit(UNUSABLE);
		}
		try {
			Class.forName(LAUNCHER).getMethod("main", String[].class).invoke(null, (Object) args);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	/** Up to 8 they are called 1.8. */
	private static int feature(String version) {
		return Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
	}

}
