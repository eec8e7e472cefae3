package loteria.central.tcp;

import java.util.List;
import java.util.OptionalInt;

import loteria.bet.Rows;
import loteria.protocol.Refusal;
import loteria.protocol.Request;
import loteria.protocol.Request.AwaitWinners;
import org.jspecify.annotations.Nullable;

/**
 * Whether a connection may ask what it asks: before anything else is looked at.
 */
final class Permission {

	private Permission() {
	}

	/** Why it may not, or null. */
	static @Nullable Refusal refusal(Burst burst) {
		Speaker speaker = burst.speaker();
		return switch (burst.first()) {
			case Request.StoreBets _ -> refusal(burst.batches(), speaker);
			case Request.CloseAgency(int agency) -> speaker.refusal(agency);
			case AwaitWinners await -> speaker.refusal(named(await, speaker).agency().orElse(0));
			case Request.FindWinners(int agency) -> speaker.refusal(agency);
			case Request.Greeting(int agency) -> speaker.refusal(agency);
			case Request.Check(int agency) -> speaker.refusal(agency);
			case Request.Echo _, Request.Disconnect _, Request.Unacceptable _, Request.Garbage _ -> null;
		};
	}

	/** All batches are of one agency, but those of none, which have no bets. */
	private static @Nullable Refusal refusal(List<Request.StoreBets> batches, Speaker speaker) {
		return batches.stream()
			.map(Request.StoreBets::rows)
			.mapToInt(Rows::agency)
			.filter((agency) -> agency != 0)
			.boxed()
			.findFirst()
			.map(speaker::refusal)
			.orElse(null);
	}

	/** Who may speak for one agency alone is that one. */
	static AwaitWinners named(AwaitWinners await, Speaker speaker) {
		OptionalInt named = await.agency();
		return named.isPresent() ? await : new AwaitWinners(speaker.agency());
	}

}
