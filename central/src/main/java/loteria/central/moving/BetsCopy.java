package loteria.central.moving;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import loteria.process.FileProblem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * Keeps a copy of {@code bets.csv} where programs expect it that were made for the former
 * central: while it runs a moment behind, after an orderly stop complete. A copy and no
 * link, so that whatever is done to it does the store no harm. A file that is there and
 * is not the beginning of the bets is set aside.
 */
final class BetsCopy implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(BetsCopy.class);

	private static final long PAUSE_MILLIS = 200;

	private static final int CHUNK = 1024 * 1024;

	private final Path bets;

	private final Path copy;

	private final long minFree;

	/** Null as long as it does not run. */
	private @Nullable ScheduledExecutorService thread;

	private boolean failed;

	/** Of the copy, as it was left; below 0 until it is looked at. */
	private long length = -1;

	BetsCopy(Environment settings, Path copy) {
		this(Path.of(settings.getRequiredProperty("central.store.directory"), "bets.csv"), copy,
				DataSize.parse(settings.getRequiredProperty("central.store.min-free")).toBytes());
	}

	/**
	 * @param minFree bytes of free disk that are the store's
	 */
	BetsCopy(Path bets, Path copy, long minFree) {
		this.bets = bets;
		this.copy = copy;
		this.minFree = minFree;
	}

	/** The first to start and the last to stop: nothing is stored any more then. */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

	@Override
	public void start() {
		this.thread = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("bets-copy").factory());
		this.thread.scheduleWithFixedDelay(this::catchUp, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
	}

	@Override
	public void stop() {
		if (this.thread != null) {
			this.thread.close();
			this.thread = null;
		}
		catchUp();
		log.info("action: copy_bets | result: {} | file: {}", this.failed ? "fail" : "success", this.copy);
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	/** Says once that it does not work, and goes on trying. */
	private void catchUp() {
		try {
			if (!isStore()) {
				copyNew();
			}
			this.failed = false;
		}
		catch (IOException ex) {
			if (!this.failed) {
				log.warn("action: copy_bets | result: fail | file: {} | error: {} | hint: the bets are in {}",
						this.copy, FileProblem.withFile(ex), this.bets);
			}
			this.failed = true;
		}
	}

	/** Where the store is in the very place, nothing is to be done. */
	private boolean isStore() throws IOException {
		return Files.exists(this.copy) && Files.exists(this.bets) && Files.isSameFile(this.copy, this.bets);
	}

	private void copyNew() throws IOException {
		if (Files.notExists(this.bets)) {
			return;
		}
		if (Files.isSymbolicLink(this.copy)) {
			throw new FileSystemException(this.copy.toString(), null,
					"it is a link, and nothing is written through one");
		}
		if (Files.notExists(this.copy) || Files.size(this.copy) != this.length || Files.size(this.bets) < this.length) {
			begin();
		}
		try (FileChannel from = FileChannel.open(this.bets, StandardOpenOption.READ);
				FileChannel to = FileChannel.open(this.copy, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
						LinkOption.NOFOLLOW_LINKS)) {
			ByteBuffer chunk = ByteBuffer.allocate(Math.clamp(from.size() - this.length, 1, CHUNK));
			while (from.read(chunk.clear(), this.length) > 0 && wholeRows(chunk.flip())) {
				requireRoom();
				while (chunk.hasRemaining()) {
					this.length += to.write(chunk, this.length);
				}
			}
		}
	}

	/** Cuts off a row that is not all here; false if nothing is left. */
	private static boolean wholeRows(ByteBuffer chunk) {
		while (chunk.hasRemaining() && chunk.get(chunk.limit() - 1) != '\n') {
			chunk.limit(chunk.limit() - 1);
		}
		return chunk.hasRemaining();
	}

	private void requireRoom() throws IOException {
		if (Files.getFileStore(this.copy).getUsableSpace() < this.minFree + CHUNK) {
			throw new IOException("the disk is too full for a copy");
		}
	}

	/** Goes on where a copy ends; puts whatever else is there out of the way. */
	private void begin() throws IOException {
		this.length = 0;
		if (Files.notExists(this.copy)) {
			return;
		}
		long mismatch = Files.mismatch(this.copy, this.bets);
		long size = Files.size(this.copy);
		if (mismatch < 0 || mismatch == size) {
			this.length = size;
			return;
		}
		Path aside = setAside();
		log.warn("action: copy_bets | result: in_progress | file: {} | reason: it had other bets | kept_in: {}",
				this.copy, aside);
	}

	private Path setAside() throws IOException {
		Path aside = nameBeside(this.copy);
		try {
			Files.move(this.copy, aside);
		}
		catch (IOException ex) {
			// it is mounted, or in another user's directory, and has to stay there
			aside = nameBeside(this.bets);
			Files.copy(this.copy, aside);
			FileChannel
				.open(this.copy, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING,
						LinkOption.NOFOLLOW_LINKS)
				.close();
		}
		return aside;
	}

	private static Path nameBeside(Path file) {
		Path name = file;
		for (int i = 1; Files.exists(name); i++) {
			name = file.resolveSibling(file.getFileName() + ".before-" + i);
		}
		return name;
	}

}
