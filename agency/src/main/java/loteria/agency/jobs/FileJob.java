package loteria.agency.jobs;

import java.util.Locale;
import java.util.function.Supplier;

import loteria.agency.ending.ExitStatus;
import loteria.agency.ending.Failure;
import loteria.agency.ending.StopSwitch;
import loteria.agency.ending.StoppedException;
import loteria.agency.file.BetCheck;
import loteria.agency.file.BetFile;
import loteria.agency.file.RowListener;
import loteria.agency.sending.BatchSource;
import loteria.agency.sending.BetSender;
import loteria.agency.sending.Finishing;
import loteria.agency.sending.Tally;
import loteria.agency.settings.Settings;
import loteria.agency.tcp.Central;
import loteria.agency.tcp.Patience;
import loteria.agency.terminal.ProgressDisplay;
import loteria.bet.BetRules;
import loteria.protocol.ClientCodec;
import loteria.protocol.Dialect;
import loteria.protocol.Reply;
import org.jspecify.annotations.Nullable;
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

	private final Settings settings;

	private final BetRules rules;

	private final StopSwitch stop;

	private final ProgressDisplay display;

	private final Tally tally;

	private Reply.@Nullable Winners winners;

	FileJob(Settings settings, BetRules rules, StopSwitch stop, ProgressDisplay display) {
		this.settings = settings;
		this.rules = rules;
		this.stop = stop;
		this.display = display;
		this.tally = new Tally(settings.file(), display);
	}

	@Override
	public ExitStatus run() {
		try {
			this.winners = deliver();
			tell(this.winners);
			summarize("success");
			return (this.tally.skipped() == 0) ? ExitStatus.DONE : ExitStatus.ROWS_SKIPPED;
		}
		catch (Failure ex) {
			log.error(ex.getMessage());
			summarize("fail");
			return ex.status();
		}
		catch (StoppedException ex) {
			summarize("in_progress");
			throw ex;
		}
	}

	private Reply.Winners deliver() throws Failure {
		int id = this.settings.id();
		Dialect dialect = this.settings.dialect();
		int maxBets = dialect.batchSize(this.settings.batchMaxAmount(), dialect.countsBets() ? count(dialect) : 0);
		Supplier<ClientCodec> codecs = () -> dialect.client(id, maxBets);
		Patience patience = new Patience(this.settings.reconnectLimit(), this.stop);
		try (this.display;
				BetFile file = open(codecs.get());
				Central central = new Central(this.settings.server(), codecs, this.settings.keepConnection(), patience,
						this.stop)) {
			BatchSource source = new BatchSource(file, this.tally, id, codecs.get(), maxBets,
					dialect.habits().maxBatch());
			BetSender sender = new BetSender(id, central, patience, source, this.tally, dialect.habits().greets(),
					this.settings.window());
			Reply.Winners found = new Finishing(id, sender, central, patience, this.stop, this.settings.retrySleep(),
					this.settings.retrySleepMax())
				.winners(dialect.habits().finish());
			central.leave();
			return found;
		}
	}

	private BetFile open(ClientCodec codec) throws Failure {
		return BetFile.open(this.settings.file(), new BetCheck(this.settings.id(), this.rules, codec), this.stop);
	}

	private long count(Dialect dialect) throws Failure {
		try (BetFile file = open(dialect.client(this.settings.id(), this.settings.batchMaxAmount()))) {
			long rows = 0;
			while (file.next(RowListener.NONE) != null) {
				rows++;
			}
			return rows;
		}
	}

	private static void tell(Reply.Winners winners) {
		String listed = String.join(",", winners.documents().subList(0, Math.min(LISTED, winners.documents().size())));
		log.info("action: consulta_ganadores | result: success | cant_ganadores: {}{}{}", winners.count(),
				listed.isEmpty() ? "" : " | ganadores: " + listed, (winners.documents().size() > LISTED) ? ",…" : "");
	}

	private void summarize(String result) {
		double seconds = this.tally.seconds();
		long sentNow = this.tally.durable() - this.tally.resumed();
		log.info(
				"action: summary | result: {} | client_id: {} | dialect: {} | rows: {} | sent: {} | skipped: {}"
						+ " | batches: {} | winners: {} | seconds: {} | bets_per_second: {}{}",
				result, this.settings.id(), this.settings.dialect().name(), this.tally.rows(), this.tally.durable(),
				this.tally.skipped(), this.tally.batches(), (this.winners == null) ? "-" : this.winners.count(),
				String.format(Locale.ROOT, "%.2f", seconds), (seconds == 0) ? 0 : Math.round(sentNow / seconds),
				(this.tally.resumed() == 0) ? "" : " | resumed: " + this.tally.resumed());
	}

}
