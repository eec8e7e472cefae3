package loteria.local.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

import net.datafaker.Faker;

/**
 * Two pools of names, drawn once: asking Datafaker for every row would take minutes for a
 * million of them. Every name made here can be carried by all five dialects.
 */
final class Names {

	/** The narrowest room for a name in any dialect, in bytes of UTF-8. */
	static final int MAX_BYTES = 30;

	private static final int DRAWS = 2_000;

	private static final int SECOND_NAME_PERCENT = 30;

	private static final int SECOND_SURNAME_PERCENT = 10;

	private final List<String> first;

	private final List<String> last;

	Names(long seed) {
		Faker argentine = new Faker(Locale.of("es", "AR"), new Random(seed));
		Faker spanish = new Faker(Locale.of("es"), new Random(seed));
		Set<String> first = new LinkedHashSet<>();
		Set<String> last = new LinkedHashSet<>();
		for (int i = 0; i < DRAWS; i++) {
			first.add(argentine.name().firstName());
			// the Argentine list has no accents: José and Ángela come from the Spanish
			// one
			first.add(spanish.name().firstName());
			last.add(argentine.name().lastName());
		}
		this.first = carried(first);
		this.last = carried(last);
	}

	String first(RandomGenerator random) {
		return one(random, this.first, SECOND_NAME_PERCENT);
	}

	String last(RandomGenerator random) {
		return one(random, this.last, SECOND_SURNAME_PERCENT);
	}

	private static String one(RandomGenerator random, List<String> pool, int secondPercent) {
		String name = pool.get(random.nextInt(pool.size()));
		if (random.nextInt(100) >= secondPercent) {
			return name;
		}
		String both = name + ' ' + pool.get(random.nextInt(pool.size()));
		return fits(both) ? both : name;
	}

	/** Letters and spaces only: no dialect's separator, no quote, is either. */
	private static List<String> carried(Set<String> names) {
		List<String> carried = new ArrayList<>(names);
		carried.removeIf((name) -> !name.matches("[\\p{L} ]+") || !fits(name));
		return List.copyOf(carried);
	}

	private static boolean fits(String name) {
		return name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
	}

}
