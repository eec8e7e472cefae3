package loteria.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Markdown document with blocks that a command writes, each between two comments
 * ({@code <!-- bench: name -->} and {@code <!-- end -->}); everything else is a person's.
 */
public final class Document {

	private static final String END = "<!-- end -->";

	private final Path file;

	private final Path pictures;

	/**
	 * @param pictures where they go, beside or below the document
	 */
	public Document(Path file, Path pictures) {
		this.file = file;
		this.pictures = pictures;
	}

	/**
	 * Replaces a block.
	 * @param preface a line above the tables
	 * @throws IOException if the document has no such block
	 */
	public void write(String name, String preface, Report report) throws IOException {
		String text = Files.readString(this.file, StandardCharsets.UTF_8);
		String begin = "<!-- bench: " + name + " -->";
		int from = text.indexOf(begin);
		int to = text.indexOf(END, from);
		if (from < 0 || to < 0) {
			throw new IOException(
					String.format(Locale.ROOT, "%s has no block from '%s' to '%s'", this.file, begin, END));
		}
		StringBuilder block = new StringBuilder(begin).append('\n').append(preface).append("\n\n");
		report.tables().forEach((table) -> block.append(table.toMarkdown()).append('\n'));
		report.notes().forEach((note) -> block.append(note).append("\n\n"));
		Files.createDirectories(this.pictures);
		for (Map.Entry<String, String> picture : new TreeMap<>(report.pictures()).entrySet()) {
			Path written = Files.writeString(this.pictures.resolve(picture.getKey()), picture.getValue(),
					StandardCharsets.UTF_8);
			block.append("![" + picture.getKey().replace(".svg", "") + "]("
					+ this.file.toAbsolutePath().resolveSibling("").relativize(written.toAbsolutePath()) + ")\n\n");
		}
		Files.writeString(this.file, text.substring(0, from) + block + text.substring(to), StandardCharsets.UTF_8);
	}

}
