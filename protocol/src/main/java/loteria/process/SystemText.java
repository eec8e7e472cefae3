package loteria.process;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Texts that Java gets from the system or names files with, by the charset of the
 * system's locale. A locale without one, such as {@code C} or an empty environment, means
 * ASCII: arguments and the working directory then come with U+FFFD in place of each other
 * byte, and paths go with a question mark in place of each other character.
 */
public final class SystemText {

	private static final String CHARSET = System.getProperty("sun.jnu.encoding", "UTF-8");

	private static final char REPLACEMENT = '\uFFFD';

	private static final int ASCII_END = 0x80;

	private SystemText() {
	}

	/**
	 * Why an argument or a path can't be relied on in this locale.
	 * @return what it must be instead, or null if nothing is wrong
	 */
	public static @Nullable String refusal(String text) {
		return refusal(text, CHARSET, File.separatorChar == '/');
	}

	/**
	 * @param locale whether the names of files go through the locale's charset
	 */
	static @Nullable String refusal(String text, String charset, boolean locale) {
		if (!locale || charset.equals("UTF-8")) {
			return isWhole(text) ? null : "UTF-8";
		}
		return isAscii(text) ? null : "ASCII in this locale (" + charset + "); for other letters set LC_ALL=C.UTF-8";
	}

	/** What a path must be, for one that can't be made. */
	public static String pathRule() {
		String must = refusal("\u00F1");
		return (must == null) ? "a path" : "a path in " + must;
	}

	/**
	 * Why a program with {@code arguments} can't work here: one of them, or the name of
	 * the working directory, from which relative paths go out.
	 * @return what is wrong and what to do, in one line
	 */
	public static Optional<String> refusal(List<String> arguments) {
		for (String argument : arguments) {
			String must = refusal(argument);
			if (must != null) {
				return Optional.of("argument " + argument + " must be " + must);
			}
		}
		String directory = System.getProperty("user.dir", "");
		String must = refusal(directory);
		return (must == null) ? Optional.empty()
				: Optional.of("the name of the working directory, " + directory + ", must be " + must);
	}

	/**
	 * Whether no byte of {@code text} was lost before it came here.
	 */
	public static boolean isWhole(String text) {
		return text.indexOf(REPLACEMENT) < 0;
	}

	static boolean isAscii(String text) {
		return text.chars().allMatch((c) -> c < ASCII_END);
	}

	/** Has {@code System.out} and {@code System.err} write UTF-8 in any locale. */
	public static void writeUtf8() {
		System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
		System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
	}

}
