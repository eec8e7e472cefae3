package loteria.bench.report;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

class ReportTests {

	@TempDir
	Path directory;

	@Test
	void tableLinesUpItsFigures() {
		Table table = Table.of("Speed", "", "bets/s").row("central", "561,000").row("a", "7");
		assertThat(table.toText()).isEqualTo("""
				Speed
				            bets/s
				  central  561,000
				  a              7
				""");
		assertThat(table.toMarkdown()).isEqualTo("""
				**Speed**

				|  | bets/s |
				| --- | --: |
				| central | 561,000 |
				| a | 7 |
				""");
	}

	@Test
	void figuresHaveAsManyDigitsAsMeanSomething() {
		assertThat(List.of(561_234.0, 2_361_234.0, 9_999.0, 61.26, 0.904).stream().map(Figures::number))
			.containsExactly("561,000", "2,360,000", "9,999", "61.3", "0.90");
		assertThat(Figures.median(List.of(3.0, 1.0, 2.0))).isEqualTo(2);
		assertThat(Figures.median(List.of(4.0, 1.0))).isEqualTo(1);
		assertThat(Figures.ratio(1, 0)).isEqualTo("–");
	}

	@Test
	void documentKeepsWhatAPersonWrote() throws IOException {
		Path file = Files.writeString(this.directory.resolve("performance.md"), """
				# Mine
				<!-- bench: peers -->
				old
				<!-- end -->
				between
				<!-- bench: idle -->
				other
				<!-- end -->
				""");
		Document document = new Document(file, this.directory.resolve("performance"));
		Report report = new Report(List.of(Table.of("T", "a").row("1")), List.of("A note."), Map.of("p.svg", "<svg/>"),
				List.of());
		document.write("peers", "Here.", report);
		document.write("peers", "Here.", report);
		assertThat(file).hasContent("""
				# Mine
				<!-- bench: peers -->
				Here.

				**T**

				| a |
				| --- |
				| 1 |

				A note.

				![p](performance/p.svg)

				<!-- end -->
				between
				<!-- bench: idle -->
				other
				<!-- end -->
				""");
		assertThat(this.directory.resolve("performance/p.svg")).hasContent("<svg/>");
		assertThatIOException().isThrownBy(() -> document.write("habits", "", report))
			.withMessageContaining("has no block from '<!-- bench: habits -->'");
	}

	@Test
	void chartPutsEachFigureAtItsPlace() throws Exception {
		String svg = new Chart("T", "connections", "bets/s",
				Map.of("a < b", Map.of(1.0, 0.0, 10.0, 100.0, 100.0, 50.0)))
			.draw();
		NodeList dots = elements(svg, "circle");
		assertThat(dots.getLength()).isEqualTo(3);
		List<Double> x = IntStream.range(0, 3).mapToObj((i) -> number(dots, i, "cx")).sorted().toList();
		List<Double> y = IntStream.range(0, 3).mapToObj((i) -> number(dots, i, "cy")).sorted().toList();
		assertThat(x.get(1) - x.get(0)).isCloseTo(x.get(2) - x.get(1), within(0.2));
		assertThat(y.get(1) - y.get(0)).isCloseTo(y.get(2) - y.get(1), within(0.2));
	}

	@Test
	void flameIsAsWideAsItsShare() throws Exception {
		FlameGraph graph = new FlameGraph();
		graph.add(List.of("thread", "a.A.run", "b.B.<init>"));
		graph.add(List.of("thread", "a.A.run"));
		graph.add(List.of("thread", "a.A.run"));
		graph.add(List.of("thread", "c.C.run"));
		NodeList frames = elements(graph.draw("T & U"), "rect");
		List<String> titles = IntStream.range(1, frames.getLength())
			.mapToObj((i) -> frames.item(i).getTextContent())
			.toList();
		assertThat(titles).containsExactly("thread: 100.0 %, 4 samples", "a.A.run: 75.0 %, 3 samples",
				"b.B.<init>: 25.0 %, 1 samples", "c.C.run: 25.0 %, 1 samples");
		assertThat(number(frames, 2, "width")).isCloseTo(3 * number(frames, 3, "width"), within(2.0));
		assertThat(number(frames, 4, "x")).isGreaterThan(number(frames, 2, "x"));
	}

	private static NodeList elements(String svg, String name) throws Exception {
		return DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
			.getElementsByTagName(name);
	}

	private static double number(NodeList elements, int index, String attribute) {
		return Double.parseDouble(((Element) elements.item(index)).getAttribute(attribute));
	}

}
