package loteria.central.ops.web;

import java.nio.charset.StandardCharsets;
import java.util.List;

import loteria.central.ops.DrawSnapshot;
import loteria.central.ops.DrawSnapshot.Point;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One snapshot as the events that tell it, made once for all who look: all of it for
 * those who know nothing yet, and what changed for those who know the frame before.
 */
final class Frame {

	private final JsonMapper json;

	private final DrawSnapshot snapshot;

	private final long number;

	private final List<Point> history;

	private final byte[] change;

	private byte @Nullable [] all;

	/**
	 * @param history with the point of this frame
	 */
	Frame(JsonMapper json, DrawSnapshot snapshot, @Nullable Frame before, List<Point> history) {
		this.json = json;
		this.snapshot = snapshot;
		this.number = (before == null) ? 0 : before.number + 1;
		this.history = history;
		this.change = event("change", (before == null) ? snapshot : snapshot.since(before.snapshot));
	}

	/**
	 * @param seen what the viewer has, if anything
	 */
	byte[] since(@Nullable Frame seen) {
		return (seen != null && seen.number == this.number - 1) ? this.change : all();
	}

	private synchronized byte[] all() {
		byte[] bytes = this.all;
		if (bytes == null) {
			bytes = event("all", new All(this.snapshot, this.history));
			this.all = bytes;
		}
		return bytes;
	}

	private byte[] event(String name, Object data) {
		return ("event: " + name + "\ndata: " + this.json.writeValueAsString(data) + "\n\n")
			.getBytes(StandardCharsets.UTF_8);
	}

	private record All(DrawSnapshot snapshot, List<Point> history) {
	}

}
