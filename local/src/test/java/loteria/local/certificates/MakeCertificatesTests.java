package loteria.local.certificates;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class MakeCertificatesTests {

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

	@TempDir
	private Path directory;

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	private int run(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.add("--directory=" + this.directory.resolve("certs"));
		CommandLine command = MakeCertificates.commandLine(CLOCK)
			.setOut(new PrintWriter(this.out, true))
			.setErr(new PrintWriter(this.err, true));
		return command.execute(all.toArray(String[]::new));
	}

	private Path file(String name) {
		return this.directory.resolve("certs").resolve(name);
	}

	private X509Certificate certificate(String name) throws Exception {
		try (InputStream in = Files.newInputStream(file(name + ".pem"))) {
			return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
		}
	}

	private List<String> names(String name) throws Exception {
		return certificate(name).getSubjectAlternativeNames()
			.stream()
			.map((alternative) -> String.valueOf(alternative.get(1)))
			.toList();
	}

	private Map<String, String> contents() throws IOException {
		Map<String, String> contents = new HashMap<>();
		try (Stream<Path> files = Files.list(file(""))) {
			for (Path each : files.toList()) {
				contents.put(each.getFileName().toString(), Files.readString(each));
			}
		}
		return contents;
	}

	@Test
	void makesAnAuthorityAndWhatItIssues() throws Exception {
		assertThat(run("--agencies=2", "--names=central.example,10.0.0.1", "--days=30")).isZero();
		assertThat(contents()).containsOnlyKeys("ca.pem", "ca.key", "central.pem", "central.key", "agency-1.pem",
				"agency-1.key", "agency-2.pem", "agency-2.key");
		X509Certificate authority = certificate("ca");
		for (String name : List.of("central", "agency-1", "agency-2")) {
			certificate(name).verify(authority.getPublicKey());
			assertThat(certificate(name).getNotAfter()).isEqualTo("2026-03-31T12:00:00Z");
			assertThat(this.out.toString())
				.contains(file(name + ".pem") + "  CN=" + name + " until 2026-03-31T12:00:00Z");
		}
		assertThat(authority.getNotAfter()).isAfter("2036-02-01T00:00:00Z");
		assertThat(names("central")).containsExactly("central.example", "10.0.0.1");
		assertThat(names("agency-2")).containsExactly("urn:loteria:agency:2");
	}

	@Test
	void keysAreTheirOwnersAlone() throws Exception {
		run("--agencies=1");
		for (String name : List.of("ca", "central", "agency-1")) {
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(name + ".key"))))
				.isEqualTo("rw-------");
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(name + ".pem"))))
				.isEqualTo("rw-r--r--");
		}
	}

	@Test
	void leavesWhatIsThereAndAddsWhatIsMissing() throws Exception {
		run("--agencies=1");
		Map<String, String> before = contents();
		assertThat(run("--agencies=1")).isEqualTo(1);
		assertThat(this.err.toString())
			.contains("certs has all of them; FORCE=1 (--force) makes them anew by the same authority");
		assertThat(contents()).isEqualTo(before);
		assertThat(run("--agencies=2")).isZero();
		assertThat(contents()).containsAllEntriesOf(before).hasSize(before.size() + 2);
		certificate("agency-2").verify(certificate("ca").getPublicKey());
	}

	@Test
	void makesThemAnewByTheSameAuthorityWhenForced() throws Exception {
		run("--agencies=1");
		Map<String, String> before = contents();
		assertThat(run("--agencies=1", "--force")).isZero();
		Map<String, String> after = contents();
		assertThat(after).hasSameSizeAs(before)
			.containsEntry("ca.pem", before.get("ca.pem"))
			.containsEntry("ca.key", before.get("ca.key"));
		assertThat(after.get("central.pem")).isNotEqualTo(before.get("central.pem"));
		assertThat(after.get("agency-1.key")).isNotEqualTo(before.get("agency-1.key"));
	}

	@Test
	void refusesAnAuthorityWhoseKeyIsAnothers() throws Exception {
		run("--agencies=1");
		Files.copy(file("central.key"), file("ca.key"), StandardCopyOption.REPLACE_EXISTING);
		assertThat(run("--agencies=2")).isEqualTo(1);
		assertThat(this.err.toString()).startsWith("make-certs: ca.pem and ca.key do not make an authority: ")
			.doesNotContain("\tat ");
	}

	@Test
	void refusesWhatCantBe() {
		assertThat(run("--names=a b")).isEqualTo(2);
		assertThat(run("--agencies=0")).isEqualTo(2);
		assertThat(run("--days=5000")).isEqualTo(2);
		assertThat(this.err.toString()).contains("--names: 'a b' is no name of a host",
				"--agencies is 0; it must be at least 1", "--days is 5000; it must be at least 1 and at most 3650");
		assertThat(file("")).doesNotExist();
	}

}
