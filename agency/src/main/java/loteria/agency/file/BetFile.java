package loteria.agency.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import com.opencsv.RFC4180Parser;
import loteria.agency.ending.Failure;
import loteria.agency.ending.StopSwitch;
import loteria.bet.Bet;
import loteria.bet.BetRules;
import loteria.bet.CheckedBet;
import loteria.bet.InvalidBet;
import loteria.bet.InvalidBet.Field;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bets of a file, {@code firstName,lastName,document,birthdate,number} a row, in
 * UTF-8, quoted as RFC 4180 says. A row is one line: no name has a line end, so a quote
 * that is not closed spoils its own line and no other. Blank lines are no rows.
 */
public final class BetFile implements Closeable {

	private static final Logger log = LoggerFactory.getLogger(BetFile.class);

	private static final Field[] ORDER = { Field.FIRST_NAME, Field.LAST_NAME, Field.DOCUMENT, Field.BIRTHDATE,
			Field.NUMBER };

	private static final char REPLACEMENT = '\uFFFD';

	private final Path path;

	private final LineReader lines;

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
			return new BetFile(path, new LineReader(Files.newInputStream(path)), bets, stop);
		}
		catch (IOException ex) {
			throw unusable("open_file", path, ex);
		}
	}

	private static Failure unusable(String action, Path path, IOException cause) {
		String reason = switch (cause) {
			case NoSuchFileException _ -> "there is no such file";
			case AccessDeniedException _ -> "it may not be read";
			default -> String.valueOf(cause.getMessage());
		};
		return Failure.unusable(action, "file: %s | reason: %s".formatted(path, reason));
	}

	/**
	 * @param listener told of the rows up to the next that can be sent, and of that one
	 * @return the next row that can be sent, or null at the end of the file
	 */
	public @Nullable Row next(RowListener listener) throws Failure {
		try {
			while (this.lines.next()) {
				this.stop.check();
				if (this.lines.text().isBlank()) {
					continue;
				}
				switch (check()) {
					case Bet bet -> {
						listener.valid();
						return new Row(bet, this.lines.number(), this.lines.offset());
					}
					case InvalidBet invalid -> listener.skipped(this.lines.number(), invalid);
				}
			}
			return null;
		}
		catch (IOException ex) {
			throw unusable("read_file", this.path, ex);
		}
	}

	private CheckedBet check() throws IOException {
		String line = this.lines.text();
		if (this.lines.isCut()) {
			return new InvalidBet(Field.FIELDS, line, "a line of at most %d bytes".formatted(LineReader.MAX_LINE));
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
