package loteria.agency.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

import com.opencsv.RFC4180Parser;
import loteria.agency.ending.Failure;
import loteria.agency.ending.StopSwitch;
import loteria.bet.Bet;
import loteria.bet.BetRules;
import loteria.bet.CheckedBet;
import loteria.bet.InvalidBet;
import loteria.bet.InvalidBet.Field;
import loteria.bet.Texts;
import loteria.process.FileProblem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bets of a file, {@code firstName,lastName,document,birthdate,number} a row, in
 * UTF-8, quoted as RFC 4180 says. Blank lines are no rows, those of blank fields neither.
 * <p>
 * A row that can be sent is one line, as no name has a line end. A field in quotes that
 * goes on in the next lines makes all of them one broken row: nothing is read on in the
 * middle of it. A quote that is never closed costs {@value #MAX_LINES} lines and no more.
 */
public final class BetFile implements Closeable {

	private static final Logger log = LoggerFactory.getLogger(BetFile.class);

	private static final Field[] ORDER = { Field.FIRST_NAME, Field.LAST_NAME, Field.DOCUMENT, Field.BIRTHDATE,
			Field.NUMBER };

	private static final char REPLACEMENT = '\uFFFD';

	/**
	 * Of one row: more than a program would break a name into, and few to lose for a
	 * quote too many.
	 */
	private static final int MAX_LINES = 20;

	private static final String UNCLOSED = "a row whose quotes are closed, within " + MAX_LINES + " lines and "
			+ LineReader.MAX_LINE + " bytes";

	private static final String ONE_LINE = "a row of one line, without a line end in quotes";

	private static final String STRAY_QUOTE = "without a quote in the middle of a field,"
			+ " or with the field in quotes and each quote in it doubled";

	/** Where nothing was said of the file, and it is nowhere. */
	private static final String IN_CONTAINERS = "in a container, mount what has it, such as ./.data:/app/.data:ro;"
			+ " the client of dialect fixed had its files in its image: mount them where it had them, ./.data:/data:ro";

	private final Path path;

	private LineReader lines;

	private final RFC4180Parser parser = new RFC4180Parser();

	private final BetCheck bets;

	private final StopSwitch stop;

	private BetFile(Path path, LineReader lines, BetCheck bets, StopSwitch stop) {
		this.path = path;
		this.lines = lines;
		this.bets = bets;
		this.stop = stop;
	}

	/**
	 * @param bets says which rows can be sent
	 */
	public static BetFile open(Path path, BetCheck bets, StopSwitch stop) throws Failure {
		try {
			if (Files.readAttributes(path, BasicFileAttributes.class).isOther()) {
				log.info(
						"action: open_file | result: in_progress | file: {} | reason: it is a pipe or a device, and is read"
								+ " until who writes to it closes it",
						path);
			}
			return new BetFile(path, new LineReader(Files.newInputStream(path)), bets, stop);
		}
		catch (IOException ex) {
			throw unusable("open_file", path, ex);
		}
	}

	private static Failure unusable(String action, Path path, IOException cause) {
		return Failure.unusable(action,
				"file: " + path + " | reason: " + FileProblem.of(cause)
						+ ((cause instanceof NoSuchFileException && path.startsWith(".data"))
								? " | hint: " + IN_CONTAINERS : ""));
	}

	/**
	 * Goes back to the beginning.
	 */
	public void rewind() throws Failure {
		try {
			this.lines.close();
			this.lines = new LineReader(Files.newInputStream(this.path));
		}
		catch (IOException ex) {
			throw unusable("open_file", this.path, ex);
		}
	}

	/** Whether it is a pipe or the like, which can be read once. */
	public boolean isStream() throws Failure {
		try {
			return Files.readAttributes(this.path, BasicFileAttributes.class).isOther();
		}
		catch (IOException ex) {
			throw unusable("open_file", this.path, ex);
		}
	}

	/**
	 * @param listener told of the rows up to the next that can be sent, and of that one
	 * @return the next row that can be sent, or null at the end of the file
	 */
	public @Nullable Row next(RowListener listener) throws Failure {
		try {
			while (this.lines.next()) {
				this.stop.check();
				String text = this.lines.text();
				if (isBlank(text)) {
					continue;
				}
				long line = this.lines.number();
				boolean utf8 = this.lines.isUtf8();
				switch (check(text)) {
					case Bet bet -> {
						listener.valid();
						return new Row(bet, line, this.lines.offset());
					}
					case InvalidBet invalid -> listener.skipped(new SkippedRow(line, this.lines.number(), invalid,
							LikelyCause.of(text, utf8, line, invalid)));
				}
			}
			return null;
		}
		catch (IOException ex) {
			throw unusable("read_file", this.path, ex);
		}
	}

	/**
	 * Whether a line has nothing in it but blanks, between separators too, as
	 * spreadsheets leave rows that were emptied.
	 */
	private static boolean isBlank(String line) {
		int quotes = 0;
		for (int i = 0; i < line.length(); i++) {
			char c = line.charAt(i);
			if (c == '"') {
				quotes++;
			}
			else if (c != ',' && c != ';' && !Character.isWhitespace(c) && !Texts.isUnseen(c)) {
				return false;
			}
		}
		return quotes % 2 == 0;
	}

	private CheckedBet check(String line) throws IOException {
		if (this.lines.isCut()) {
			return new InvalidBet(Field.FIELDS, line, "a line of at most " + LineReader.MAX_LINE + " bytes");
		}
		InvalidBet misquoted = (line.indexOf('"') < 0) ? null : misquoted(line);
		if (misquoted != null) {
			return misquoted;
		}
		String[] fields = this.parser.parseLine(line);
		if (fields.length != ORDER.length) {
			return BetRules.wrongFieldCount(line, fields.length, ORDER.length);
		}
		if (!this.lines.isUtf8()) {
			return notUtf8(fields);
		}
		return this.bets.check(fields[0], fields[1], fields[2], fields[3], fields[4]);
	}

	/**
	 * Goes to the last line of the row.
	 * @return what is wrong with its quotes, or null
	 */
	private @Nullable InvalidBet misquoted(String line) throws IOException {
		Quotes quotes = new Quotes();
		quotes.read(line);
		long first = this.lines.number();
		long end = this.lines.offset() + LineReader.MAX_LINE;
		while (quotes.isOpen() && this.lines.number() - first + 1 < MAX_LINES && this.lines.offset() < end
				&& this.lines.next()) {
			this.stop.check();
			quotes.read(this.lines.text());
		}
		if (quotes.isOpen()) {
			return new InvalidBet(Field.FIELDS, line, UNCLOSED);
		}
		if (this.lines.number() > first) {
			return new InvalidBet(Field.FIELDS, line, ONE_LINE);
		}
		return quotes.isStray() ? new InvalidBet(Field.FIELDS, line, STRAY_QUOTE) : null;
	}

	private static InvalidBet notUtf8(String[] fields) {
		int culprit = 0;
		while (fields[culprit].indexOf(REPLACEMENT) < 0) {
			culprit++;
		}
		return new InvalidBet(ORDER[culprit], fields[culprit], "UTF-8");
	}

	@Override
	public void close() {
		try {
			this.lines.close();
			log.info("action: close_file | result: success | file: {}", this.path);
		}
		catch (IOException ex) {
			log.warn("action: close_file | result: fail | file: {} | reason: {}", this.path, ex.toString());
		}
	}

}
