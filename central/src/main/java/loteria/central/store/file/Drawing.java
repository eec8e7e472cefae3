package loteria.central.store.file;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

import loteria.central.store.DrawRecord;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.central.store.books.Books;
import loteria.central.store.commit.Work;
import loteria.central.store.disk.DrawFile;
import loteria.central.store.disk.NoRoomException;
import loteria.central.store.file.FileBetStore.Options;
import loteria.protocol.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The draw over what is stored: it has happened once the journal says so, and its record
 * is written behind that.
 */
final class Drawing {

	private final Options options;

	private final GroupCommit commits;

	private final BetsWriter bets;

	private final Books books;

	private final DrawFile file;

	private final Consumer<Throwable> onFailure;

	/** When the journal says the draw happened. */
	private @Nullable Instant instant;

	private volatile @Nullable DrawRecord drawn;

	private volatile boolean ofHere;

	/**
	 * @param onFailure told that the disk failed
	 */
	Drawing(Options options, GroupCommit commits, BetsWriter bets, Opened opened, Consumer<Throwable> onFailure) {
		this.options = options;
		this.commits = commits;
		this.bets = bets;
		this.books = opened.recovered().books();
		this.file = new DrawFile(opened.directory());
		this.drawn = opened.draw().drawn();
		this.onFailure = onFailure;
	}

	/** The draw, if it has happened. */
	Optional<DrawRecord> drawn() {
		return Optional.ofNullable(this.drawn);
	}

	/** Whether it has happened since the store was opened. */
	boolean isOfHere() {
		return this.ofHere;
	}

	/** See {@link FileBetStore#draw}. */
	synchronized DrawRecord draw(Instant now) throws StoreFailure {
		DrawRecord before = this.drawn;
		if (before != null) {
			return before;
		}
		int number = this.options.winningNumber();
		Instant at = this.instant;
		if (at == null) {
			at = now.truncatedTo(ChronoUnit.MILLIS);
			Refusal refusal = this.commits.submit(Work.draw(number, at)).join();
			if (refusal != null) {
				throw new StoreFailure(Kind.BROKEN, "the draw can't be made durable: " + refusal);
			}
			this.instant = at;
		}
		DrawRecord draw = record(number, at);
		this.ofHere = true;
		this.drawn = draw;
		this.bets.checkpoint();
		return draw;
	}

	private DrawRecord record(int number, Instant at) throws StoreFailure {
		try {
			this.bets.level().join();
			DrawRecord draw = DrawRecord.of(this.options.drawName(), number, at, this.books.records());
			this.file.write(draw);
			return draw;
		}
		catch (IOException | CompletionException ex) {
			Throwable cause = (ex instanceof CompletionException) ? Objects.requireNonNullElse(ex.getCause(), ex)
					: NoRoomException.of((IOException) ex);
			if (!(cause instanceof NoRoomException)) {
				this.onFailure.accept(cause);
			}
			throw new StoreFailure(Kind.BROKEN, "the record of the draw can't be written: " + cause.getMessage(), ex);
		}
	}

}
