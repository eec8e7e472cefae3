package loteria.central.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import loteria.central.store.disk.Disk;

/**
 * A disk whose every write, force, truncation and change of a name passes a {@link Fault}
 * first, and is counted over all files. The files themselves stand for what the system
 * has in memory; beside them it knows what of each is really on the disk, and which
 * sectors were written since the last force, and under which names it is to be found
 * there; and can show what a crash of the whole machine would leave now. A store that is
 * opened again with the same disk is the next process on the same machine. Nothing is
 * forced for real.
 */
public final class FaultyDisk implements Disk {

	/** What a disk writes whole or not at all. */
	private static final int SECTOR = 512;

	private volatile Fault fault;

	/** The names as they are now. */
	private Map<Path, Kept> names = new HashMap<>();

	/** The names as they were at the last force, and behind each change since. */
	private final List<Map<Path, Kept>> nameStates = new ArrayList<>(List.of(Map.of()));

	private long calls;

	private long forces;

	/** A disk without faults, and fast. */
	public FaultyDisk() {
		this(Fault.NONE);
	}

	public FaultyDisk(Fault fault) {
		this.fault = fault;
	}

	/** From now on it is this one; for a disk that nobody writes to. */
	public void setFault(Fault fault) {
		this.fault = fault;
	}

	@Override
	public FileChannel create(Path path) throws IOException {
		if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
			throw new FileAlreadyExistsException(path.toString());
		}
		return open(path);
	}

	@Override
	public FileChannel open(Path path) throws IOException {
		boolean existed = Files.exists(path);
		if (!existed) {
			pass(Call.NAME, 0);
		}
		synchronized (this) {
			FileChannel file = Disk.REAL.open(path);
			Kept kept = this.names.get(path);
			if (kept == null) {
				kept = new Kept(path, Files.readAllBytes(path));
				if (existed) {
					Kept known = kept;
					this.names.put(path, known);
					this.nameStates.replaceAll((state) -> with(state, path, known));
				}
				else {
					changeName(path, kept);
				}
			}
			return new FaultyChannel(kept, file);
		}
	}

	private static Map<Path, Kept> with(Map<Path, Kept> names, Path path, Kept kept) {
		Map<Path, Kept> changed = new HashMap<>(names);
		changed.put(path, kept);
		return changed;
	}

	private void changeName(Path path, Kept kept) {
		this.names = with(this.names, path, kept);
		this.nameStates.add(this.names);
	}

	private void removeName(Path path) {
		this.names = new HashMap<>(this.names);
		this.names.remove(path);
		this.nameStates.add(this.names);
	}

	private Kept known(Path path) throws IOException {
		if (!this.names.containsKey(path)) {
			open(path).close();
		}
		return this.names.get(path);
	}

	@Override
	public void move(Path from, Path to) throws IOException {
		pass(Call.NAME, 0);
		synchronized (this) {
			Kept kept = known(from);
			if (Files.exists(to)) {
				known(to).detach();
			}
			Disk.REAL.move(from, to);
			kept.path = to;
			Map<Path, Kept> moved = with(this.names, to, kept);
			moved.remove(from);
			this.names = moved;
			this.nameStates.add(moved);
		}
	}

	@Override
	public void link(Path name, Path file) throws IOException {
		pass(Call.NAME, 0);
		synchronized (this) {
			Kept kept = known(file);
			Disk.REAL.link(name, file);
			changeName(name, kept);
		}
	}

	@Override
	public void delete(Path file) throws IOException {
		pass(Call.NAME, 0);
		synchronized (this) {
			if (Files.isSymbolicLink(file)) {
				Disk.REAL.delete(file);
			}
			else if (Files.exists(file)) {
				known(file).detach();
				Disk.REAL.delete(file);
				removeName(file);
			}
		}
	}

	@Override
	public void force(Path directory) throws IOException {
		pass(Call.FORCE, 0);
		synchronized (this) {
			this.nameStates.clear();
			this.nameStates.add(this.names);
		}
	}

	/**
	 * Writes what a crash would leave into {@code directory}: under names as they were at
	 * some time since they were forced, of each file what is on the disk, and of what is
	 * still to be written there some sectors, others not, and others as zeros.
	 */
	public synchronized void crash(Path directory, Random random) throws IOException {
		Map<Path, Kept> left = this.nameStates.get(random.nextInt(this.nameStates.size()));
		for (Map.Entry<Path, Kept> file : left.entrySet()) {
			Files.write(directory.resolve(file.getKey().getFileName()), file.getValue().left(random));
		}
	}

	/**
	 * Writes what every crash would leave into {@code directory}: what is on the disk,
	 * and nothing that is still to be written there.
	 */
	public synchronized void crash(Path directory) throws IOException {
		for (Map.Entry<Path, Kept> file : this.nameStates.getFirst().entrySet()) {
			Files.write(directory.resolve(file.getKey().getFileName()), file.getValue().onDisk);
		}
	}

	/**
	 * This disk as the next process finds it if this one is killed now, in
	 * {@code directory}: the files as the system has them in memory, and what is still to
	 * be written to the disk still is.
	 */
	public synchronized FaultyDisk afterKill(Path directory) throws IOException {
		FaultyDisk after = new FaultyDisk();
		Map<Kept, Kept> copies = new HashMap<>();
		for (Map.Entry<Path, Kept> file : this.names.entrySet()) {
			Path copy = Files.copy(file.getKey(), directory.resolve(file.getKey().getFileName()));
			copies.put(file.getValue(), file.getValue().copy(copy));
		}
		after.nameStates.clear();
		for (Map<Path, Kept> state : this.nameStates) {
			Map<Path, Kept> copied = new HashMap<>();
			state.forEach((path, kept) -> copied.put(directory.resolve(path.getFileName()),
					copies.computeIfAbsent(kept, (deleted) -> deleted.copy(deleted.path))));
			after.nameStates.add(copied);
		}
		after.names = after.nameStates.getLast();
		return after;
	}

	/**
	 * The system tries to write what is still to be written, fails, and takes it for
	 * written: nobody waited for it, so nobody is told.
	 */
	public synchronized void forget() {
		this.names.values().forEach((file) -> file.dirty.clear());
	}

	public synchronized long calls() {
		return this.calls;
	}

	public synchronized long forces() {
		return this.forces;
	}

	private int pass(Call call, int bytes) throws IOException {
		return this.fault.before(call, count(call), bytes);
	}

	private synchronized long count(Call call) {
		this.forces += (call == Call.FORCE) ? 1 : 0;
		return ++this.calls;
	}

	public enum Call {

		WRITE, FORCE, TRUNCATE, NAME

	}

	@FunctionalInterface
	public interface Fault {

		Fault NONE = (call, number, bytes) -> bytes;

		/**
		 * @param number of the call, from 1 on
		 * @return how many of the bytes to write before failing with
		 * {@code No space left on device}, or {@code bytes} to do all that was asked
		 */
		int before(Call call, long number, int bytes) throws IOException;

	}

	/** What the disk has of a file, and which sectors are still to be written there. */
	private static final class Kept {

		private Path path;

		private byte[] onDisk;

		private final BitSet dirty = new BitSet();

		/** What it held when it lost its name. */
		private byte[] last = {};

		private boolean nameless;

		Kept(Path path, byte[] onDisk) {
			this.path = path;
			this.onDisk = onDisk;
		}

		Kept copy(Path to) {
			Kept copy = new Kept(to, this.onDisk);
			copy.dirty.or(this.dirty);
			copy.last = this.last;
			copy.nameless = this.nameless;
			return copy;
		}

		void detach() throws IOException {
			this.last = Files.readAllBytes(this.path);
			this.nameless = true;
		}

		void change(long from, long to) {
			this.dirty.set((int) (from / SECTOR), (int) ((to + SECTOR - 1) / SECTOR));
		}

		void put(FileChannel file) throws IOException {
			byte[] forced = Arrays.copyOf(this.onDisk, (int) file.size());
			for (int at : dirtyPlaces(forced.length)) {
				ByteBuffer sector = ByteBuffer.wrap(forced, at, Math.min(SECTOR, forced.length - at));
				while (sector.hasRemaining()) {
					file.read(sector, sector.position());
				}
			}
			this.onDisk = forced;
		}

		byte[] left(Random random) throws IOException {
			byte[] now = this.nameless ? this.last : Files.readAllBytes(this.path);
			int size = random.nextBoolean() ? now.length : this.onDisk.length;
			byte[] left = Arrays.copyOf(this.onDisk, size);
			int both = Math.min(size, now.length);
			for (int at : dirtyPlaces(both)) {
				if (random.nextBoolean()) {
					System.arraycopy(now, at, left, at, Math.min(SECTOR, both - at));
				}
			}
			return left;
		}

		private int[] dirtyPlaces(int size) {
			return this.dirty.stream().map((sector) -> sector * SECTOR).takeWhile((at) -> at < size).toArray();
		}

	}

	/** Passes everything on, for which the fault permits. */
	private final class FaultyChannel extends FileChannel {

		private final Kept kept;

		private final FileChannel file;

		FaultyChannel(Kept kept, FileChannel file) {
			this.kept = kept;
			this.file = file;
		}

		@Override
		public int write(ByteBuffer source, long position) throws IOException {
			int asked = source.remaining();
			int permitted = pass(Call.WRITE, asked);
			synchronized (FaultyDisk.this) {
				this.kept.change(position, position + permitted);
				if (permitted == asked) {
					return this.file.write(source, position);
				}
				ByteBuffer part = source.duplicate().limit(source.position() + permitted);
				this.file.write(part, position);
			}
			throw new IOException("No space left on device");
		}

		/** As on Linux: whether it succeeds or not, it is not tried again. */
		@Override
		public void force(boolean metaData) throws IOException {
			try {
				pass(Call.FORCE, 0);
				synchronized (FaultyDisk.this) {
					this.kept.put(this.file);
				}
			}
			finally {
				synchronized (FaultyDisk.this) {
					this.kept.dirty.clear();
				}
			}
		}

		@Override
		public FileChannel truncate(long size) throws IOException {
			pass(Call.TRUNCATE, 0);
			synchronized (FaultyDisk.this) {
				this.kept.change(size, Math.max(size, this.file.size()));
				this.file.truncate(size);
			}
			return this;
		}

		@Override
		public int read(ByteBuffer target, long position) throws IOException {
			return this.file.read(target, position);
		}

		@Override
		public long size() throws IOException {
			return this.file.size();
		}

		@Override
		protected void implCloseChannel() throws IOException {
			this.file.close();
		}

		@Override
		public int read(ByteBuffer target) {
			throw new UnsupportedOperationException();
		}

		@Override
		public long read(ByteBuffer[] targets, int offset, int length) {
			throw new UnsupportedOperationException();
		}

		@Override
		public int write(ByteBuffer source) {
			throw new UnsupportedOperationException();
		}

		@Override
		public long write(ByteBuffer[] sources, int offset, int length) {
			throw new UnsupportedOperationException();
		}

		@Override
		public long position() {
			throw new UnsupportedOperationException();
		}

		@Override
		public FileChannel position(long newPosition) {
			throw new UnsupportedOperationException();
		}

		@Override
		public long transferTo(long position, long count, WritableByteChannel target) {
			throw new UnsupportedOperationException();
		}

		@Override
		public long transferFrom(ReadableByteChannel source, long position, long count) {
			throw new UnsupportedOperationException();
		}

		@Override
		public MappedByteBuffer map(MapMode mode, long position, long size) {
			throw new UnsupportedOperationException();
		}

		@Override
		public FileLock lock(long position, long size, boolean shared) {
			throw new UnsupportedOperationException();
		}

		@Override
		public FileLock tryLock(long position, long size, boolean shared) throws IOException {
			return this.file.tryLock(position, size, shared);
		}

	}

}
