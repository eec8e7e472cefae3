package loteria.central.ops.web;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/**
 * Ends what is left of a viewer that has gone: to the server that is a fault, for which
 * it would show a page to nobody, and complain in the log that it can't.
 */
final class Departure implements AsyncListener {

	@Override
	public void onError(AsyncEvent event) {
		event.getAsyncContext().complete();
	}

	@Override
	public void onComplete(AsyncEvent event) {
	}

	@Override
	public void onTimeout(AsyncEvent event) {
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
	}

}
