package loteria.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * Asks the central's HTTP side.
 */
final class Http {

	private static final HttpClient client = HttpClient.newBuilder().connectTimeout(Lottery.LIMIT).build();

	private Http() {
	}

	/** The status, or 0 where nobody answers. */
	static int status(int port, String path) throws InterruptedException {
		try {
			return get(port, path).statusCode();
		}
		catch (IOException ex) {
			return 0;
		}
	}

	static String body(int port, String path) throws IOException, InterruptedException {
		return get(port, path).body();
	}

	private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
			.timeout(Lottery.LIMIT)
			.build();
		return client.send(request, HttpResponse.BodyHandlers.ofString());
	}

}
