package loteria.protocol.fixed;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Queue;

import loteria.bet.BetRules;
import loteria.bet.Documents;
import loteria.bet.InvalidBet;
import loteria.bytes.Slice;
import loteria.protocol.BatchDecoder;
import loteria.protocol.Inbound;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import loteria.protocol.ServerCodec;
import org.jspecify.annotations.Nullable;

/**
 * The central's side of {@code fixed}. A chunk becomes one request for its bets, if it
 * has any, and two more if it holds the end record.
 */
final class FixedServer implements ServerCodec {

	private static final int MAX_WINNERS = Fixed.MAX_SHORT / Fixed.INTEGER;

	private final BatchDecoder batch;

	private final FixedRecord record = new FixedRecord();

	private final byte[] endRecord = Fixed.endRecord();

	/** Requests of a chunk taken already that were not handed out yet. */
	private final Queue<Request> requests = new ArrayDeque<>();

	/** For each batch that was not answered yet, its receipts without a status. */
	private final Queue<byte[]> receipts = new ArrayDeque<>();

	/** 0 before the greeting. */
	private int recordsPerChunk;

	private int agency;

	private boolean ended;

	/** Of these winners {@link #sayable} can be said. They may be many: counted once. */
	private @Nullable Documents counted;

	private long sayable;

	FixedServer(BetRules rules) {
		this.batch = new BatchDecoder(rules);
	}

	@Override
	public @Nullable Request decode(Inbound in) {
		if (this.recordsPerChunk == 0) {
			if (in.available() < Fixed.GREETING) {
				return null;
			}
			int chunkSize = (int) in.unsigned(0, Fixed.SHORT);
			int greeted = (int) in.unsigned(Fixed.SHORT, Fixed.SHORT);
			if (!greet(chunkSize, greeted)) {
				return garbage("greeting of agency " + greeted + " with chunks of " + chunkSize + " bytes");
			}
			in.skip(Fixed.GREETING);
		}
		if (this.requests.isEmpty()) {
			if (this.ended) {
				return (in.available() == 0) ? null : garbage("bytes after the end record");
			}
			decodeChunk(in);
		}
		return this.requests.poll();
	}

	private boolean greet(int chunkSize, int greeted) {
		int records = chunkSize / Fixed.RECORD;
		if (records < 1 || records > Fixed.MAX_RECORDS || chunkSize % Fixed.RECORD != 0 || greeted == 0) {
			return false;
		}
		this.recordsPerChunk = records;
		this.agency = greeted;
		return true;
	}

	private static Request garbage(String detail) {
		return new Request.Garbage(new Refusal(Reason.MALFORMED, detail));
	}

	private void decodeChunk(Inbound in) {
		int here = Math.min(in.available() / Fixed.RECORD, this.recordsPerChunk);
		int bets = 0;
		while (bets < here && !isEndRecord(in, bets * Fixed.RECORD)) {
			bets++;
		}
		this.ended = bets < here;
		if (!this.ended && bets < this.recordsPerChunk) {
			return;
		}
		if (bets > 0) {
			this.requests.add(decodeBets(in.take(bets * Fixed.RECORD)));
		}
		if (this.ended) {
			in.skip(Fixed.RECORD);
			this.requests.add(new Request.CloseAgency(this.agency));
			this.requests.add(new Request.AwaitWinners(OptionalInt.of(this.agency)));
		}
	}

	private boolean isEndRecord(Inbound in, int record) {
		for (int i = 0; i < this.endRecord.length; i++) {
			if (in.at(record + i) != this.endRecord[i]) {
				return false;
			}
		}
		return true;
	}

	private Request decodeBets(Slice chunk) {
		ByteBuffer receipt = ByteBuffer.allocate(chunk.length() / Fixed.RECORD * Fixed.RECEIPT);
		this.batch.begin(chunk.length());
		for (int at = chunk.from(); at < chunk.end(); at += Fixed.RECORD) {
			if (!this.batch.isRefused()) {
				addBet(chunk.bytes(), at);
			}
			receipt.put(chunk.bytes(), at + Fixed.DOCUMENT, Fixed.INTEGER)
				.put(chunk.bytes(), at + Fixed.NUMBER, Fixed.INTEGER)
				.put(Fixed.REFUSED);
		}
		this.receipts.add(receipt.array());
		return this.batch.finish();
	}

	private void addBet(byte[] bytes, int at) {
		if (bytes[at] != (byte) this.agency) {
			this.batch.refuse(Reason.OTHER_AGENCY, "bet " + (this.batch.size() + 1) + " of the batch has agency byte "
					+ (bytes[at] & 0xFF) + ", the greeting agency " + this.agency);
			return;
		}
		InvalidBet noText = this.record.read(bytes, at);
		if (noText != null) {
			this.batch.add(noText);
		}
		else {
			this.batch.add(this.agency, this.record.fields());
		}
	}

	@Override
	public OptionalInt agency() {
		return (this.agency == 0) ? OptionalInt.empty() : OptionalInt.of(this.agency);
	}

	@Override
	public @Nullable Refusal cannotSay(Reply reply) throws IOException {
		if (!(reply instanceof Reply.Winners winners)) {
			return null;
		}
		long told = sayable(winners.documents());
		return (told <= MAX_WINNERS) ? null : new Refusal(Reason.TOO_MANY_WINNERS,
				String.format(Locale.ROOT, "%d winners where %s has room for %d", told, Fixed.NAME, MAX_WINNERS));
	}

	private long sayable(Documents documents) throws IOException {
		if (documents == this.counted) {
			return this.sayable;
		}
		long[] sayable = { 0 };
		documents.forEach((piece) -> {
			for (int i = 0; i < piece.size(); i++) {
				sayable[0] += Fixed.carries(piece.number(i)) ? 1 : 0;
			}
		});
		this.sayable = sayable[0];
		this.counted = documents;
		return this.sayable;
	}

	/**
	 * Who bets in this dialect has no document that it can't carry. Bets that have one
	 * came in another, and must not keep an agency from what it can be told.
	 */
	@Override
	public @Nullable Refusal leavesOut(Reply reply) {
		if (!(reply instanceof Reply.Winners winners)) {
			return null;
		}
		long unsayable = winners.count() - this.sayable;
		return (unsayable == 0) ? null : new Refusal(Reason.UNSAYABLE_DOCUMENT, String.format(Locale.ROOT,
				"%d of %d winners are left out: their documents, of bets in another dialect, are no integers of 4 bytes for %s",
				unsayable, winners.count(), Fixed.NAME));
	}

	@Override
	public After encode(Request request, Reply reply, OutputStream out) throws IOException {
		return switch (reply) {
			case Reply.Stored stored -> sendReceipts(Fixed.STORED, out);
			case Reply.Refused refused -> isBatch(request) ? sendReceipts(Fixed.REFUSED, out) : After.CLOSE;
			case Reply.Acknowledged acknowledged -> {
				out.write(Fixed.endReceipt());
				yield After.GO_ON;
			}
			case Reply.Winners winners -> {
				sendWinners(winners, new DataOutputStream(out));
				yield After.CLOSE;
			}
			case Reply.NotReady _, Reply.Greeted _, Reply.Checked _, Reply.Echoed _, Reply.Silence _ -> After.CLOSE;
		};
	}

	private static boolean isBatch(Request request) {
		return request instanceof Request.StoreBets || request instanceof Request.Unacceptable;
	}

	private After sendReceipts(byte status, OutputStream out) throws IOException {
		byte[] receipt = this.receipts.remove();
		for (int end = Fixed.RECEIPT; end <= receipt.length; end += Fixed.RECEIPT) {
			receipt[end - 1] = status;
		}
		out.write(receipt);
		return After.GO_ON;
	}

	private void sendWinners(Reply.Winners winners, DataOutputStream out) throws IOException {
		out.writeShort((int) sayable(winners.documents()) * Fixed.INTEGER);
		winners.documents().forEach((piece) -> {
			for (int i = 0; i < piece.size(); i++) {
				long document = piece.number(i);
				if (Fixed.carries(document)) {
					out.writeInt((int) document);
				}
			}
		});
	}

}
