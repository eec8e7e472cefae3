package loteria.central.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * A disk whose every write, force and truncation passes a {@link Fault} first, and is
 * counted over all files. The files themselves stand for what the system has in memory;
 * beside them it knows what of each is really on the disk, and which sectors were written
 * since the last force, and can show what a crash of the whole machine would leave now. A
 * store that is opened again with the same disk is the next process on the same machine.
 * Nothing is forced for real.
 */
final class FaultyDisk implements FileOpener {

	/** What a disk writes whole or not at all. */
	private static final int SECTOR = 512;

	private Fault fault;

	private final Map<Path, Kept> kept = new HashMap<>();

	private long calls;

	private long forces;

	/** A disk without faults, and fast. */
	FaultyDisk() {
		this(Fault.NONE);
	}

	FaultyDisk(Fault fault) {
		this.fault = fault;
	}

	/** From now on it is this one; for a disk that nobody writes to. */
	void setFault(Fault fault) {
		this.fault = fault;
	}

	@Override
	public FileChannel open(Path path) throws IOException {
		FileChannel file = FileOpener.DISK.open(path);
		if (!this.kept.containsKey(path)) {
			this.kept.put(path, new Kept(Files.readAllBytes(path), new BitSet()));
		}
		return new FaultyChannel(this.kept.get(path), file);
	}

	/**
	 * Writes what a crash would leave into {@code directory}: of each file what is on the
	 * disk, and of what is still to be written there some sectors, others not, and others
	 * as zeros.
	 */
	void crash(Path directory, Random random) throws IOException {
		for (Map.Entry<Path, Kept> file : this.kept.entrySet()) {
			byte[] now = Files.readAllBytes(file.getKey());
			Files.write(directory.resolve(file.getKey().getFileName()), file.getValue().left(now, random));
		}
	}

	/**
	 * Writes what every crash would leave into {@code directory}: what is on the disk,
	 * and nothing that is still to be written there.
	 */
	void crash(Path directory) throws IOException {
		for (Map.Entry<Path, Kept> file : this.kept.entrySet()) {
			Files.write(directory.resolve(file.getKey().getFileName()), file.getValue().onDisk);
		}
	}

	/**
	 * This disk as the next process finds it if this one is killed now, in
	 * {@code directory}: the files as the system has them in memory, and what is still to
	 * be written to the disk still is.
	 */
	FaultyDisk afterKill(Path directory) throws IOException {
		FaultyDisk after = new FaultyDisk();
		for (Map.Entry<Path, Kept> file : this.kept.entrySet()) {
			Path copy = Files.copy(file.getKey(), directory.resolve(file.getKey().getFileName()));
			after.kept.put(copy, file.getValue().copy());
		}
		return after;
	}

	/**
	 * The system tries to write what is still to be written, fails, and takes it for
	 * written: nobody waited for it, so nobody is told.
	 */
	void forget() {
		this.kept.values().forEach((file) -> file.dirty.clear());
	}

	synchronized long calls() {
		return this.calls;
	}

	synchronized long forces() {
		return this.forces;
	}

	private int pass(Call call, int bytes) throws IOException {
		return this.fault.before(call, count(call), bytes);
	}

	private synchronized long count(Call call) {
		this.forces += (call == Call.FORCE) ? 1 : 0;
		return ++this.calls;
	}

	enum Call {

		WRITE, FORCE, TRUNCATE

	}

	@FunctionalInterface
	interface Fault {

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

		private byte[] onDisk;

		private final BitSet dirty;

		Kept(byte[] onDisk, BitSet dirty) {
			this.onDisk = onDisk;
			this.dirty = dirty;
		}

		Kept copy() {
			return new Kept(this.onDisk, (BitSet) this.dirty.clone());
		}

		void change(long from, long to) {
			this.dirty.set((int) (from / SECTOR), (int) ((to + SECTOR - 1) / SECTOR));
		}

		void put(FileChannel file) throws IOException {
			byte[] forced = Arrays.copyOf(this.onDisk, (int) file.size());
			for (int at : dirtyPlaces(forced.length)) {
				LogFiles.readFully(file, ByteBuffer.wrap(forced, at, Math.min(SECTOR, forced.length - at)), 0);
			}
			this.onDisk = forced;
		}

		byte[] left(byte[] now, Random random) {
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
			this.kept.change(position, position + permitted);
			if (permitted == asked) {
				return this.file.write(source, position);
			}
			this.file.write(source.duplicate().limit(source.position() + permitted), position);
			throw new IOException("No space left on device");
		}

		/** As on Linux: whether it succeeds or not, it is not tried again. */
		@Override
		public void force(boolean metaData) throws IOException {
			try {
				pass(Call.FORCE, 0);
				this.kept.put(this.file);
			}
			finally {
				this.kept.dirty.clear();
			}
		}

		@Override
		public FileChannel truncate(long size) throws IOException {
			pass(Call.TRUNCATE, 0);
			this.kept.change(size, Math.max(size, this.file.size()));
			this.file.truncate(size);
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
