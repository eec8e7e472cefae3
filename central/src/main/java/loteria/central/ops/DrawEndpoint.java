package loteria.central.ops;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.stereotype.Component;

/**
 * {@code /actuator/draw}.
 */
@Component
@Endpoint(id = "draw")
class DrawEndpoint {

	private final DrawObserver observer;

	DrawEndpoint(DrawObserver observer) {
		this.observer = observer;
	}

	@ReadOperation
	Draw draw() {
		return new Draw(this.observer.look(), this.observer.missing());
	}

	/**
	 * @param missing all of them, as ranges; empty where any will do
	 */
	record Draw(@JsonUnwrapped DrawSnapshot draw, String missing) {
	}

}
