package loteria.central.store.file;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import loteria.central.store.DrawRecord.AgencyRecord;
import loteria.central.store.Fingerprint;

/**
 * The {@linkplain AgencyBook books} of all agencies. Memory grows with agencies and
 * winners, never with bets.
 */
final class Books {

	private final Map<Integer, AgencyBook> books = new ConcurrentHashMap<>();

	/** The book of {@code agency}, opened if there is none. */
	AgencyBook of(int agency) {
		return this.books.computeIfAbsent(agency, AgencyBook::new);
	}

	/** See {@link AgencyBook#next}. */
	long next(int agency) {
		AgencyBook book = this.books.get(agency);
		return (book == null) ? 0 : book.next();
	}

	Fingerprint fingerprint(int agency) {
		AgencyBook book = this.books.get(agency);
		return (book == null) ? Fingerprint.EMPTY : book.fingerprint();
	}

	boolean isClosed(int agency) {
		AgencyBook book = this.books.get(agency);
		return book != null && book.isClosed();
	}

	List<String> winners(int agency) {
		AgencyBook book = this.books.get(agency);
		return (book == null) ? List.of() : book.winners();
	}

	Set<Integer> closed() {
		return agencies(AgencyBook::isClosed);
	}

	/** Agencies that have bets and are not closed. */
	Set<Integer> open() {
		return agencies((book) -> !book.isClosed() && book.next() > 0);
	}

	/** Agencies of which bets are lost. */
	Set<Integer> withLosses() {
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
	List<AgencyRecord> records() {
		Collection<AgencyBook> all = this.books.values();
		return all.stream()
			.map(AgencyBook::record)
			.filter((agency) -> agency.bets() > 0)
			.sorted(Comparator.comparingInt(AgencyRecord::agency))
			.toList();
	}

}
