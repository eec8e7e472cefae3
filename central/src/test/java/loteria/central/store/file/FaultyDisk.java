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
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * A disk whose every write, force and truncation passes a {@link Fault} first, and is
 * counted over all files. It knows what was forced, and can show what a crash of the
 * whole machine would leave now. Nothing is forced for real.
 */
final class FaultyDisk implements FileOpener {

	/** What a disk writes whole or not at all. */
	private static final int SECTOR = 512;

	private final Fault fault;

	private final Map<Path, byte[]> forced = new HashMap<>();

	private long calls;

	private long forces;

	/** A disk without faults, and fast. */
	FaultyDisk() {
		this((call, number, bytes) -> bytes);
	}

	FaultyDisk(Fault fault) {
		this.fault = fault;
	}

	@Override
	public FileChannel open(Path path) throws IOException {
		FaultyChannel channel = new FaultyChannel(path, FileOpener.DISK.open(path));
		this.forced.put(path, Files.readAllBytes(path));
		return channel;
	}

	/**
	 * Writes what a crash would leave into {@code directory}: of each file what was
	 * forced, and of what was not some sectors, others not, and others as zeros.
	 */
	void crash(Path directory, Random random) throws IOException {
		for (Map.Entry<Path, byte[]> file : this.forced.entrySet()) {
			byte[] before = file.getValue();
			byte[] now = Files.readAllBytes(file.getKey());
			int size = random.nextBoolean() ? now.length : before.length;
			byte[] left = Arrays.copyOf(before, size);
			for (int at = 0; at < size; at += SECTOR) {
				if (random.nextBoolean() && at < now.length) {
					System.arraycopy(now, at, left, at, Math.min(SECTOR, Math.min(size, now.length) - at));
				}
			}
			Files.write(directory.resolve(file.getKey().getFileName()), left);
		}
	}

	synchronized long forces() {
		return this.forces;
	}

	private synchronized int pass(Call call, int bytes) throws IOException {
		this.calls++;
		this.forces += (call == Call.FORCE) ? 1 : 0;
		return this.fault.before(call, this.calls, bytes);
	}

	enum Call {

		WRITE, FORCE, TRUNCATE

	}

	@FunctionalInterface
	interface Fault {

		/**
		 * @param number of the call, from 1 on
		 * @return how many of the bytes to write before failing with
		 * {@code No space left on device}, or {@code bytes} to do all that was asked
		 */
		int before(Call call, long number, int bytes) throws IOException;

	}

	/** Passes everything on, for which the fault permits. */
	private final class FaultyChannel extends FileChannel {

		private final Path path;

		private final FileChannel file;

		FaultyChannel(Path path, FileChannel file) {
			this.path = path;
			this.file = file;
		}

		@Override
		public int write(ByteBuffer source, long position) throws IOException {
			int asked = source.remaining();
			int permitted = pass(Call.WRITE, asked);
			if (permitted == asked) {
				return this.file.write(source, position);
			}
			this.file.write(source.duplicate().limit(source.position() + permitted), position);
			throw new IOException("No space left on device");
		}

		@Override
		public void force(boolean metaData) throws IOException {
			pass(Call.FORCE, 0);
			FaultyDisk.this.forced.put(this.path, Files.readAllBytes(this.path));
		}

		@Override
		public FileChannel truncate(long size) throws IOException {
			pass(Call.TRUNCATE, 0);
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
		public FileLock tryLock(long position, long size, boolean shared) {
			throw new UnsupportedOperationException();
		}

	}

}
