package loteria.central.store.disk;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import loteria.central.store.DrawJson;
import loteria.central.store.DrawRecord;
import loteria.central.store.DrawRecord.AgencyRecord;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.central.store.books.Books;
import org.jspecify.annotations.Nullable;

/**
 * {@code draw.json}, held against the record as it is made from what is stored. Bets that
 * are known to be lost, since a salvage, may be missing from the latter.
 *
 * @param drawn the record of the draw, or null if it has not happened
 * @param isMissing whether there is no file, and one can be made
 * @param damage what is wrong with the file, which is to be made anew, or null
 * @param withoutWinners agencies whose winners are not, or not all, known any more
 */
public record DrawCheck(@Nullable DrawRecord drawn, boolean isMissing, @Nullable String damage,
		Set<Integer> withoutWinners) {

	public static final String UNKNOWN_TO_JOURNAL = DrawFile.NAME + " is there, but " + StoreDirectory.JOURNAL
			+ " knows of no draw";

	/**
	 * @param name of the draw
	 * @throws StoreFailure if the file is of other bets, or can't be made anew
	 */
	public static DrawCheck of(DrawFile file, Recovered recovered, String name) throws IOException, StoreFailure {
		byte[] text = file.bytes();
		Frame frame = recovered.draw();
		if (frame == null) {
			if (text != null) {
				throw new StoreFailure(Kind.CORRUPT, UNKNOWN_TO_JOURNAL);
			}
			return new DrawCheck(null, false, null, Set.of());
		}
		Books books = recovered.books();
		DrawRecord computed = frame.drawRecord(name, books);
		Set<Integer> losses = books.withLosses();
		if (text == null) {
			return new DrawCheck(computed, losses.isEmpty(), null, losses);
		}
		DrawRecord recorded = null;
		String damage;
		Set<Integer> withoutWinners = new HashSet<>();
		try {
			recorded = DrawJson.read(text, DrawFile.NAME);
			DrawRecord explained = explained(recorded, computed, books, withoutWinners);
			damage = DrawJson.isWritten(text, explained) ? null
					: Optional.ofNullable(recorded.difference(computed, (agency) -> books.winners(agency).kept()))
						.orElse("it is not as a central writes it");
		}
		catch (StoreFailure ex) {
			damage = String.valueOf(ex.getMessage());
		}
		if (damage == null) {
			return new DrawCheck(recorded, false, null, withoutWinners);
		}
		boolean ofOtherBets = recorded != null && recorded.isConsistent()
				&& !recorded.sha256().equals(computed.sha256());
		if (ofOtherBets || !losses.isEmpty()) {
			throw new StoreFailure(Kind.CORRUPT, DrawFile.NAME + " is not of these bets: " + damage);
		}
		return new DrawCheck(computed, false, damage, Set.of());
	}

	/** What the record should be: of lost bets it knows more than the store. */
	private static DrawRecord explained(DrawRecord recorded, DrawRecord computed, Books books,
			Set<Integer> withoutWinners) {
		SortedMap<Integer, AgencyRecord> agencies = new TreeMap<>();
		computed.agencies().forEach((agency) -> agencies.put(agency.agency(), agency));
		for (AgencyRecord then : recorded.agencies()) {
			AgencyRecord now = agencies.get(then.agency());
			long bets = (now == null) ? 0 : now.bets();
			long lost = books.next(then.agency()) - bets;
			if (lost > 0 && bets + lost == then.bets()) {
				agencies.put(then.agency(), then);
				// what is left of the bets has all that won, or fewer
				if (now == null || now.winners() != then.winners()) {
					withoutWinners.add(then.agency());
				}
			}
			else if (now != null && then.difference(now, (agency) -> books.winners(agency).kept()) == null) {
				agencies.put(then.agency(), then);
			}
		}
		return DrawRecord.of(computed.name(), computed.winningNumber(), computed.instant(),
				agencies.values().stream().toList());
	}

	/** Makes the file what it has to be; a damaged one is set aside. */
	public void mend(DrawFile file) throws IOException {
		if (this.drawn != null && (this.isMissing || this.damage != null)) {
			if (!this.isMissing) {
				file.setAside();
			}
			file.write(this.drawn);
		}
	}

}
