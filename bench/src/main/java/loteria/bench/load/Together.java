package loteria.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Several agencies at once, each on a thread of its own.
 */
public final class Together {

	private Together() {
	}

	/**
	 * Runs all of them to their ends.
	 * @return what they returned, in their order
	 * @throws IOException the first failure, if there was one
	 */
	public static <T> List<T> run(List<Callable<T>> tasks) throws IOException {
		ExecutorService executor = Executors.newFixedThreadPool(tasks.size());
		try {
			List<Future<T>> running = tasks.stream().map(executor::submit).toList();
			List<T> results = new ArrayList<>();
			for (Future<T> one : running) {
				results.add(one.get());
			}
			return results;
		}
		catch (ExecutionException ex) {
			Throwable cause = Objects.requireNonNullElse(ex.getCause(), ex);
			throw new IOException(String.valueOf(cause.getMessage()), cause);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
		finally {
			executor.shutdownNow();
		}
	}

}
