package loteria.central.ops;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

import ch.qos.logback.classic.spi.ILoggingEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonWriter.Members;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/**
 * Gives structured log lines the fields of the course's line and of the connection that
 * it is about: {@code event.action} and {@code event.outcome} as ECS has them,
 * {@code source.address} for the peer, {@code lottery} with {@code result},
 * {@code agency}, {@code dialect} and {@code connection}, and under {@code labels}
 * whatever else the line says as {@code key: value}.
 */
final class LogFields implements StructuredLoggingJsonMembersCustomizer<ILoggingEvent> {

	private static final String ACTION = "action";

	private static final String RESULT = "result";

	private static final String DIALECT = "dialect";

	private static final String AGENCY = "agency";

	@Override
	public void customize(Members<ILoggingEvent> members) {
		members.add().usingPairs(LogFields::describe);
	}

	private static void describe(ILoggingEvent event, BiConsumer<String, Object> members) {
		Map<String, String> said = pairs(event.getFormattedMessage());
		Map<String, String> connection = event.getMDCPropertyMap();
		Map<String, Object> lottery = new LinkedHashMap<>();
		String action = said.remove(ACTION);
		String result = said.remove(RESULT);
		if (action != null) {
			Map<String, Object> ecs = new LinkedHashMap<>();
			ecs.put(ACTION, action);
			put(ecs, "outcome", (result != null) ? outcome(result) : null);
			members.accept("event", ecs);
		}
		put(lottery, RESULT, result);
		put(lottery, AGENCY, number(said));
		put(lottery, DIALECT, first(connection.get(DIALECT), said.remove(DIALECT)));
		put(lottery, "connection", connection.get("connection"));
		String peer = first(connection.get("peer"), said.remove("ip"));
		if (peer != null) {
			members.accept("source", Map.of("address", peer));
		}
		if (!lottery.isEmpty()) {
			members.accept("lottery", lottery);
		}
		if (!said.isEmpty()) {
			members.accept("labels", said);
		}
	}

	/**
	 * What the line says, in its order; nothing where it is none of the course's kind.
	 */
	private static Map<String, String> pairs(@Nullable String line) {
		Map<String, String> pairs = new LinkedHashMap<>();
		if (line == null || !line.startsWith(ACTION + ": ")) {
			return new HashMap<>();
		}
		for (String pair : line.split(" \\| ")) {
			int colon = pair.indexOf(": ");
			if (colon > 0) {
				pairs.putIfAbsent(pair.substring(0, colon), pair.substring(colon + 2));
			}
		}
		return pairs;
	}

	/** As ECS says it: there is no word for what goes on. */
	private static String outcome(String result) {
		return switch (result) {
			case "success" -> "success";
			case "fail" -> "failure";
			default -> "unknown";
		};
	}

	/** The agency, if it has a name. */
	private static @Nullable Long number(Map<String, String> said) {
		String agency = said.get(AGENCY);
		if (agency == null || !agency.matches("[0-9]{1,10}")) {
			return null;
		}
		said.remove(AGENCY);
		return Long.valueOf(agency);
	}

	private static @Nullable String first(@Nullable String one, @Nullable String other) {
		return (one != null) ? one : other;
	}

	private static void put(Map<String, Object> map, String key, @Nullable Object value) {
		if (value != null) {
			map.put(key, value);
		}
	}

}
