package loteria.central.store;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How a store is, for those who look after it.
 *
 * @param problem why bets can't be stored now, in one line; null if they can
 * @param details what there is to know besides, by name
 */
public record StoreHealth(@Nullable String problem, Map<String, Object> details) {
}
