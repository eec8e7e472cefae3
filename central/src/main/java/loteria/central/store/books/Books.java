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
import loteria.bet.DocumentList;
import loteria.central.store.DrawRecord.AgencyRecord;
import loteria.central.store.Fingerprint;
import loteria.central.store.books.AgencyBook.Winners;
import loteria.central.store.commit.Ledger;

/**
 * The {@linkplain AgencyBook books} of all agencies. Memory grows with agencies alone:
 * the documents of winners are kept while there are few, and then of the agencies that
 * have fewest.
 */
public final class Books implements Ledger {

	/** In eight bytes each, and half as much again. */
	private static final int WINNERS = 512 * 1024;

	/** As many as any dialect with a length of two bytes can tell, about. */
	private static final int WINNERS_OF_ONE = 16 * 1024;

	private final Map<Integer, AgencyBook> books = new ConcurrentHashMap<>();

	private final int mostWinners;

	/** Of one agency. */
	private int mostOfOne;

	/** Winners that are kept, at the most. */
	private long kept;

	public Books() {
		this(WINNERS, WINNERS_OF_ONE);
	}

	/**
	 * @param mostWinners that are kept of all agencies together
	 * @param mostOfOne that are kept of one
	 */
	Books(int mostWinners, int mostOfOne) {
		this.mostWinners = mostWinners;
		this.mostOfOne = mostOfOne;
	}

	/** The book of {@code agency}, opened if there is none. */
	public AgencyBook of(int agency) {
		return this.books.computeIfAbsent(agency, AgencyBook::new);
	}

	/**
	 * Counts and hashes the rows between {@code from} and {@code end}. By one thread at a
	 * time.
	 */
	public void store(int agency, int count, byte[] bytes, int from, int end, int winningNumber) {
		store(agency, count, BetRow.documentsBetOn(winningNumber, bytes, from, end));
		of(agency).hash(count, (digest) -> digest.update(bytes, from, end - from));
	}

	/** Counts bets that are durable. By one thread at a time. */
	public void store(int agency, int count, DocumentList documentsOfWinners) {
		this.kept += of(agency).store(count, documentsOfWinners, this.mostOfOne);
		while (this.kept > this.mostWinners) {
			this.mostOfOne /= 2;
			this.kept = this.books.values().stream().mapToLong((book) -> book.keepAtMost(this.mostOfOne)).sum();
		}
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

	public Winners winners(int agency) {
		AgencyBook book = this.books.get(agency);
		return (book == null) ? new Winners(0, 0, new DocumentList()) : book.winners();
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
