package loteria.central.ops;

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
	DrawSnapshot draw() {
		return this.observer.look();
	}

}
