package loteria.central.store;

import java.util.Map;

import loteria.protocol.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * How a store is, for those who look after it.
 *
 * @param refusal what a batch would be answered now; null if it would be stored
 * @param details what there is to know besides, by name
 */
public record StoreHealth(@Nullable Refusal refusal, Map<String, Object> details) {

	/** Why bets can't be stored now, in one line; null if they can. */
	public @Nullable String problem() {
		return (this.refusal == null) ? null : this.refusal.detail();
	}

}
