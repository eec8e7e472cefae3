package loteria.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import loteria.bench.report.Document;
import loteria.bench.report.Report;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where figures are kept: as JSON and pictures for whoever asked, and in the document if
 * that is wanted.
 */
final class Results {

	private final JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private final Path directory;

	private final @Nullable Document document;

	private final Machine machine;

	/**
	 * @param docs where {@code performance.md} is, if it is to be written
	 */
	Results(Path directory, @Nullable Path docs, Machine machine) {
		this.directory = directory;
		this.machine = machine;
		this.document = (docs == null) ? null
				: new Document(docs.resolve("performance.md"), docs.resolve("performance"));
	}

	void write(String measurement, Report report) throws IOException {
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("measurement", measurement);
		result.put("machine", this.machine);
		result.put("tables", report.tables());
		result.put("runs", report.runs());
		Files.writeString(this.directory.resolve(measurement + ".json"), this.json.writeValueAsString(result),
				StandardCharsets.UTF_8);
		for (Map.Entry<String, String> picture : report.pictures().entrySet()) {
			Files.writeString(this.directory.resolve(picture.getKey()), picture.getValue(), StandardCharsets.UTF_8);
		}
		if (this.document != null) {
			this.document.write(measurement, this.machine.describe() + ".", report);
		}
	}

}
