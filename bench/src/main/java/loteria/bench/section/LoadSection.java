package loteria.bench.section;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import loteria.bench.load.Certificates;
import loteria.bench.load.Shape;
import loteria.bench.report.Report;
import loteria.bench.report.Table;
import loteria.bench.subject.Central;
import loteria.protocol.Dialect;

/**
 * One load that somebody asked for.
 *
 * @param idle connections besides, that say nothing
 * @param tls whether to measure the same by mutual TLS, too
 */
public record LoadSection(Dialect dialect, Shape shape, int idle, boolean tls) implements Section {

	@Override
	public Report run(Setup setup) throws IOException {
		List<Central> centrals = new ArrayList<>(setup.centrals());
		if (this.tls) {
			Certificates certificates = certificates();
			setup.centrals().forEach((central) -> centrals.add(central.by(certificates)));
		}
		List<Contender> contenders = centrals.stream()
			.map((central) -> new Contender(central.name(), central.speaking(this.dialect), this.shape, this.idle))
			.toList();
		Rounds rounds = Rounds.of(setup, contenders);
		Table table = Columns.table(String.format(Locale.ROOT, "`%s`, %s", this.dialect.name(), this.shape.name()), "");
		contenders.forEach((contender) -> Columns.row(table, rounds, contender.name()));
		return Report.of(table, rounds.runs());
	}

	private static Certificates certificates() throws IOException {
		try {
			return new Certificates();
		}
		catch (GeneralSecurityException ex) {
			throw new IOException("no certificates", ex);
		}
	}

}
