package loteria.bench;

import java.util.Locale;

import loteria.bench.section.DialectsSection;
import loteria.bench.section.GrowthSection;
import loteria.bench.section.HabitsSection;
import loteria.bench.section.IdleSection;
import loteria.bench.section.LatencySection;
import loteria.bench.section.MicroSection;
import loteria.bench.section.PeersSection;
import loteria.bench.section.ProfileSection;
import loteria.bench.section.Section;
import loteria.bench.section.SharedSection;
import loteria.bench.section.StartSection;
import loteria.bench.section.StoredSection;

/**
 * What can be measured, in the order in which it is.
 */
enum Measurement {

	PEERS("beside Redis, PostgreSQL and the floor", true, new PeersSection()),

	DIALECTS("the five dialects, each with its usual batch", true, new DialectsSection()),

	HABITS("a whole draw as each existing client plays it", true, new HabitsSection()),

	LATENCY("how long an answer takes at half the peak rate", true, new LatencySection()),

	IDLE("what thousands of silent connections cost", true, new IdleSection()),

	STORED("memory, restart and draw by stored bets", true, new StoredSection()),

	START("how long the programs take to begin", true, new StartSection()),

	CONNECTIONS("speed by connections", false, GrowthSection.CONNECTIONS),

	BATCH("speed by bets a batch", false, GrowthSection.BATCH_SIZE),

	SHARED("one central and three on one PostgreSQL, beside COPY alone and the file", false, new SharedSection()),

	MICRO("decode, encode and append by themselves (JMH)", false, new MicroSection()),

	PROFILE("where the time goes (JFR), as flame graphs", false, new ProfileSection());

	private final String description;

	private final boolean quick;

	private final Section section;

	Measurement(String description, boolean quick, Section section) {
		this.description = description;
		this.quick = quick;
		this.section = section;
	}

	/** As it is asked for. */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

	String description() {
		return this.description;
	}

	/** Whether it belongs to the short form. */
	boolean isQuick() {
		return this.quick;
	}

	Section section() {
		return this.section;
	}

}
