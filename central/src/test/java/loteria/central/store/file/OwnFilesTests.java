package loteria.central.store.file;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;

import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is stored is for nobody else on the machine, and nobody else has put it there.
 */
@ExtendWith(QuietLog.class)
@EnabledOnOs({ OS.LINUX, OS.MAC })
class OwnFilesTests {

	@TempDir
	private Path temporary;

	static boolean isRoot() {
		return new com.sun.security.auth.module.UnixSystem().getUid() == 0;
	}

	private static String mode(Path path) throws Exception {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
	}

	private static void draw(Path directory) throws StoreFailure {
		try (FileBetStore store = Samples.open(directory)) {
			assertThat(Samples.append(store, 1, 10).join()).isNull();
			store.draw(Instant.EPOCH);
		}
	}

	@Test
	void nobodyElseReadsWhatIsMade() throws Exception {
		Path directory = this.temporary.resolve("of/this/draw");
		draw(directory);
		assertThat(mode(directory)).isEqualTo("rwx------");
		for (String file : List.of("bets.csv", "bets.journal", "bets.store", "draw.json")) {
			assertThat(mode(directory.resolve(file))).as(file).isEqualTo("rw-------");
		}
	}

	@Test
	void whatAnOlderCentralMadeIsTakenFromOthersButNotFromTheGroup() throws Exception {
		draw(this.temporary);
		Path bets = this.temporary.resolve("bets.csv");
		Files.setPosixFilePermissions(bets, PosixFilePermissions.fromString("rw-r--r--"));
		Samples.open(this.temporary).close();
		assertThat(mode(bets)).isEqualTo("rw-r-----");
	}

	@ParameterizedTest
	@ValueSource(strings = { "bets.csv", "bets.journal", "bets.store", "draw.json" })
	void aPlantedLinkIsRefusedAndNotFollowed(String name) throws Exception {
		Path target = Files.writeString(this.temporary.resolve("target"), "precious");
		Path store = Files.createDirectory(this.temporary.resolve("store"));
		Files.createSymbolicLink(store.resolve(name), target);
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> Samples.open(store))
			.withMessageContaining(store.resolve(name) + ": it is a link, and a store has none")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.UNUSABLE));
		assertThat(target).hasContent("precious");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void theRecordIsNotWrittenThroughWhatWasPlanted(boolean link) throws Exception {
		Path target = Files.writeString(this.temporary.resolve("target"), "precious");
		Path store = Files.createDirectory(this.temporary.resolve("store"));
		Path planted = store.resolve("draw.json.tmp");
		if (link) {
			Files.createSymbolicLink(planted, target);
		}
		else {
			Files.createLink(planted, target);
		}
		draw(store);
		assertThat(target).hasContent("precious");
		assertThat(store.resolve("draw.json")).isRegularFile().content().contains("sha256");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "bets.csv", "bets.journal", "bets.store", "draw.json" })
	@EnabledIf("isRoot")
	void whatIsOfAnotherUserIsRefused(String name) throws Exception {
		draw(this.temporary);
		Path foreign = this.temporary.resolve(name);
		Files.setAttribute(foreign, "unix:uid", 4711);
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> Samples.open(this.temporary))
			.withMessageContaining("it belongs to user 4711, this program runs as user 0");
		Files.setAttribute(foreign, "unix:uid", 0);
		Samples.open(this.temporary).close();
	}

}
