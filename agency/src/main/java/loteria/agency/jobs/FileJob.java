package loteria.agency.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import loteria.agency.ending.ExitStatus;
import loteria.agency.ending.Failure;
import loteria.agency.ending.StopSwitch;
import loteria.agency.ending.StoppedException;
import loteria.agency.file.BetCheck;
import loteria.agency.file.BetFile;
import loteria.agency.file.RowCount;
import loteria.agency.sending.BatchSource;
import loteria.agency.sending.BetSender;
import loteria.agency.sending.DrawnOver;
import loteria.agency.sending.DrawWait;
import loteria.agency.sending.Finishing;
import loteria.agency.sending.SkipLimit;
import loteria.agency.sending.Tally;
import loteria.agency.settings.Settings;
import loteria.agency.tcp.Central;
import loteria.agency.tcp.Patience;
import loteria.agency.terminal.ProgressDisplay;
import loteria.bet.BetRules;
import loteria.bet.Documents;
import loteria.protocol.ClientCodec;
import loteria.protocol.Dialect;
import loteria.protocol.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the bets of a file, finishes, and tells the winners; and whatever the end is,
 * what became of the rows.
 */
final class FileJob implements Job {

	private static final Logger log = LoggerFactory.getLogger(FileJob.class);

	/** More winners are counted, but not listed. */
	private static final int LISTED = 50;

	/** So many rows show whether a file looks as it should. */
	private static final int HEAD = 1000;

	private final Settings settings;

	private final Dialect dialect;

	private final BetRules rules;

	private final StopSwitch stop;

	private final ProgressDisplay display;

	private final SkipLimit skipLimit;

	private final Tally tally;

	private final Summary summary;

	FileJob(Settings settings, BetRules rules, StopSwitch stop, ProgressDisplay display) {
		this.settings = settings;
		this.dialect = settings.dialect();
		this.rules = rules;
		this.stop = stop;
		this.display = display;
		this.skipLimit = new SkipLimit(settings.file(), settings.skippedMax(), settings.finishEmpty());
		this.tally = new Tally(settings.file(), display);
		this.summary = new Summary(settings.id(), this.dialect.name(), this.tally);
	}

	@Override
	public ExitStatus run() {
		try {
			ExitStatus status = deliver();
			log.info(this.summary.line(status.isSuccess() ? "success" : "fail"));
			return status;
		}
		catch (Failure ex) {
			log.error(ex.getMessage());
			log.info(this.summary.line("fail"));
			return ex.status();
		}
		catch (StoppedException ex) {
			log.info(this.summary.line("in_progress"));
			throw ex;
		}
	}

	private ExitStatus deliver() throws Failure {
		BetCheck bets = new BetCheck(this.settings.id(), this.rules, codec(1));
		try (this.display; BetFile file = BetFile.open(this.settings.file(), bets, this.stop)) {
			long rows = survey(file).sendable();
			return deliver(file, this.dialect.batchSize(this.settings.batchMaxAmount(), rows));
		}
	}

	private ClientCodec codec(int maxBets) {
		return this.dialect.client(this.settings.id(), maxBets).orElseThrow();
	}

	/**
	 * Looks at the file before anything of it is sent: at all of it where the dialect
	 * counts or it begins badly, else at its first rows.
	 */
	private RowCount survey(BetFile file) throws Failure {
		RowCount count = new RowCount();
		if (file.isStream()) {
			if (this.dialect.countsBets()) {
				throw Failure.unusable("read_file", "file: " + this.settings.file() + " | reason: dialect "
						+ this.dialect.name() + " reads it twice, which a pipe can't be | hint: give a regular file");
			}
			return count;
		}
		while (file.next(count) != null) {
			if (!this.dialect.countsBets() && count.rows() >= HEAD && this.skipLimit.allows(count)) {
				break;
			}
		}
		if (!this.skipLimit.allows(count)) {
			this.tally.refused(count);
			throw this.skipLimit.beforeSending(count);
		}
		file.rewind();
		return count;
	}

	private ExitStatus deliver(BetFile file, int maxBets) throws Failure {
		Patience patience = new Patience(this.settings.reconnectLimit(), this.stop);
		try (Central central = new Central(this.settings, () -> codec(maxBets), this.settings.keepConnection(),
				patience, this.stop)) {
			BatchSource source = new BatchSource(file, this.tally, this.settings.id(), codec(maxBets), maxBets,
					this.dialect.habits().maxBatch());
			BetSender sender = new BetSender(this.settings.id(), central, patience, source, this.tally, this.stop,
					this.dialect.habits().greets(), this.settings.window());
			this.summary.of(sender);
			Reply.Winners winners = new Finishing(this.settings.id(), sender, this.skipLimit, this.tally, central,
					patience, this.stop, new DrawWait(this.settings.waitLimit()), this.settings.retrySleep(),
					this.settings.retrySleepMax())
				.winners(this.dialect.habits().finish());
			this.summary.won(winners.count());
			tell(winners);
			DrawnOver drawnOver = sender.afterDraw();
			this.summary.checked(drawnOver);
			if (sender.wasClosedBefore()) {
				log.warn("action: resume | result: success | stored: {} | reason: nothing was sent: this agency had"
						+ " finished before, and its draw has happened | hint: a new draw begins with a central that has"
						+ " a new central.store.directory", this.tally.durable());
			}
			central.leave();
			return status(drawnOver);
		}
	}

	private ExitStatus status(DrawnOver drawnOver) {
		if (drawnOver == DrawnOver.DIFFERS) {
			return ExitStatus.OTHER_BETS;
		}
		return (this.tally.rows().skipped() == 0) ? ExitStatus.DONE : ExitStatus.ROWS_SKIPPED;
	}

	private static void tell(Reply.Winners winners) {
		String listed = String.join(",", first(winners.documents()));
		log.info("action: consulta_ganadores | result: success | cant_ganadores: {}{}{}", winners.count(),
				listed.isEmpty() ? "" : " | ganadores: " + listed, (winners.documents().count() > LISTED) ? ",…" : "");
	}

	private static List<String> first(Documents documents) {
		try {
			return documents.first(LISTED);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("a reply is in memory", ex);
		}
	}

}
