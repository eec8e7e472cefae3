package loteria.central.store.books;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import loteria.bet.BetRow;
import loteria.central.store.DrawRecord.AgencyRecord;
import loteria.central.store.Fingerprint;
import loteria.central.store.commit.Ledger;

/**
 * The {@linkplain AgencyBook books} of all agencies. Memory grows with agencies and
 * winners, never with bets.
 */
public final class Books implements Ledger {

	private final Map<Integer, AgencyBook> books = new ConcurrentHashMap<>();

	/** The book of {@code agency}, opened if there is none. */
	public AgencyBook of(int agency) {
		return this.books.computeIfAbsent(agency, AgencyBook::new);
	}

	/** Counts and hashes the rows between {@code from} and {@code end}. */
	public void store(int agency, int count, byte[] bytes, int from, int end, int winningNumber) {
		AgencyBook book = of(agency);
		book.store(count, BetRow.documentsBetOn(winningNumber, bytes, from, end));
		book.hash(count, (digest) -> digest.update(bytes, from, end - from));
	}

	/** See {@link AgencyBook#next}. */
	@Override
	public long next(int agency) {
		AgencyBook book = this.books.get(agency);
		return (book == null) ? 0 : book.next();
	}

	/** By agency. */
	public Map<Integer, Long> counts() {
		return this.books.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().next()));
	}

	public Fingerprint fingerprint(int agency) {
		AgencyBook book = this.books.get(agency);
		return (book == null) ? Fingerprint.EMPTY : book.fingerprint();
	}

	@Override
	public boolean isClosed(int agency) {
		AgencyBook book = this.books.get(agency);
		return book != null && book.isClosed();
	}

	public List<String> winners(int agency) {
		AgencyBook book = this.books.get(agency);
		return (book == null) ? List.of() : book.winners();
	}

	public Set<Integer> closed() {
		return agencies(AgencyBook::isClosed);
	}

	/** How many there are. */
	public int size() {
		return this.books.size();
	}

	/** Agencies that have bets and are not closed. */
	public Set<Integer> open() {
		return agencies((book) -> !book.isClosed() && book.next() > 0);
	}

	/** Agencies of which bets are lost. */
	public Set<Integer> withLosses() {
		return agencies(AgencyBook::hasLosses);
	}

	/**
	 * By order, not by hash: agencies are numbers that peers choose, and could collide.
	 */
	private Set<Integer> agencies(Predicate<AgencyBook> which) {
		return this.books.entrySet()
			.stream()
			.filter((entry) -> which.test(entry.getValue()))
			.map(Map.Entry::getKey)
			.collect(Collectors.collectingAndThen(Collectors.toCollection(TreeSet::new), Collections::unmodifiableSet));
	}

	/** One record an agency that has bets, by ascending agency. */
	public List<AgencyRecord> records() {
		return this.books.values()
			.stream()
			.map(AgencyBook::record)
			.filter((agency) -> agency.bets() > 0)
			.sorted(Comparator.comparingInt(AgencyRecord::agency))
			.toList();
	}

}
