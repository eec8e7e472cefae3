package loteria.system;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dialect of docs/dialect.md, as a jar beside a central that does not know it.
 */
@Timeout(400)
class SixthDialectIT {

	private static final Path EXAMPLE = Program.repository().resolve("docs/dialect");

	@TempDir
	private Path directory;

	private Path central = Path.of("");

	private Path dialects = Path.of("");

	@BeforeEach
	void copyTheCentral() throws Exception {
		Path program = Files.createDirectory(this.directory.resolve("program"));
		this.central = Files.copy(Program.jar("central"), program.resolve("central.jar"));
		this.dialects = Files.createDirectory(program.resolve("dialects"));
	}

	@Test
	void fiveAgenciesOfADialectInAJarAreInTheDraw() throws Exception {
		Path classes = this.directory.resolve("classes");
		run("javac", "-cp", Program.repository().resolve("protocol/target/classes").toString(), "-d",
				classes.toString(), EXAMPLE.resolve("pipes/Pipes.java").toString());
		run("jar", "--create", "--file", this.dialects.resolve("pipes.jar").toString(), "-C", classes.toString(), ".",
				"-C", EXAMPLE.toString(), "META-INF");
		Data data = Data.first(20, Data.generated(), 5, this.directory.resolve("data"));
		try (Lottery lottery = new Lottery(this.directory, data)) {
			int port = Lottery.freePorts(1).getFirst();
			lottery.with("CENTRAL_LISTENERS_PIPES_PORT", "" + port).startCentralOf(this.central);
			List<Socket> agencies = new ArrayList<>();
			for (int agency = 1; agency <= 5; agency++) {
				Socket peer = new Socket("localhost", port);
				peer.setSoTimeout((int) Lottery.LIMIT.toMillis());
				for (String row : Files.readAllLines(data.file(agency))) {
					assertThat(ask(peer, "BET " + agency + "|" + row.replace(',', '|'))).isEqualTo("OK");
				}
				assertThat(ask(peer, "BET " + agency + "|Ana|Paz|no document|1999-03-17|1")).isEqualTo("NO");
				agencies.add(peer);
			}
			for (int agency = 1; agency < 5; agency++) {
				write(agencies.get(agency - 1), "END " + agency);
			}
			assertThat(ask(agencies.get(4), "END 5").split(" ")).hasSize(1 + (int) data.winners(5));
			for (int agency = 1; agency < 5; agency++) {
				assertThat(read(agencies.get(agency - 1)).split(" ")).startsWith("WON")
					.hasSize(1 + (int) data.winners(agency));
				agencies.get(agency - 1).close();
			}
			agencies.get(4).close();
			assertThat(lottery.rows()).hasSize(100);
			assertThat(Http.body(lottery.httpPort(), "/actuator/prometheus")).contains("dialect=\"pipes\"");
		}
	}

	@Test
	void aJarThatIsNoneEndsTheStartWithOneLine() throws Exception {
		Files.writeString(this.dialects.resolve("broken.jar"), "this is no jar");
		try (Program central = Program.ofJar(this.central, this.directory.resolve("run"), Map.of())) {
			assertThat(central.exitCode(Lottery.LIMIT)).isEqualTo(2);
			assertThat(central.log()).singleElement()
				.asString()
				.startsWith("the dialect in " + this.dialects.resolve("broken.jar") + " can't be used: ");
		}
	}

	private static void run(String tool, String... arguments) {
		PrintStream out = System.err;
		assertThat(ToolProvider.findFirst(tool).orElseThrow().run(out, out, arguments)).isZero();
	}

	private static String ask(Socket peer, String line) throws Exception {
		write(peer, line);
		return read(peer);
	}

	private static void write(Socket peer, String line) throws Exception {
		peer.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
	}

	/** One line, and nothing behind it. */
	private static String read(Socket peer) throws Exception {
		return new BufferedReader(new InputStreamReader(peer.getInputStream(), StandardCharsets.UTF_8)).readLine();
	}

}
