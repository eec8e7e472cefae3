package loteria.central.store.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import loteria.central.store.StoreFailure;
import loteria.central.store.commit.WorkQueue;
import loteria.central.store.file.FaultyDisk.Call;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ClosingTests {

	@TempDir
	private Path directory;

	private final FaultyDisk disk = new FaultyDisk();

	private final List<Throwable> failures = new CopyOnWriteArrayList<>();

	private FileBetStore store;

	@BeforeEach
	void store() throws StoreFailure {
		// whatever a test before has made of it
		((Logger) LoggerFactory.getLogger("loteria")).setLevel(Level.INFO);
		this.store = FileBetStore.open(Samples.options(this.directory), this.disk,
				new WorkQueue(WorkQueue.GROUP_ENTRIES), new SimpleMeterRegistry(), this.failures::add);
		assertThat(Samples.append(this.store, 1, 1).join()).isNull();
	}

	@Test
	void saysThatItStoppedInOrder(CapturedOutput output) {
		this.store.close();
		assertThat(this.failures).isEmpty();
		assertThat(output).contains("action: close_store | result: success");
	}

	/** Whoever closes it learns of the failure before it goes on to end the central. */
	@Test
	void tellsOfADiskThatFailsAtLastBeforeItReturns(CapturedOutput output) {
		this.disk.setFault((call, number, bytes) -> {
			if (call == Call.FORCE) {
				throw new IOException("Input/output error");
			}
			return bytes;
		});
		this.store.close();
		assertThat(this.failures).singleElement().asString().contains("Input/output error");
		assertThat(output).contains("action: close_store | result: fail")
			.doesNotContain("close_store | result: success");
	}

}
