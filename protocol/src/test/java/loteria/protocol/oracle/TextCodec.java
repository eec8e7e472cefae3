package loteria.protocol.oracle;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

import loteria.bet.BetRules;
import loteria.bet.CheckedBet;
import loteria.bet.InvalidBet;
import loteria.bet.InvalidBet.Field;
import loteria.bet.Texts;
import loteria.protocol.Fields;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.protocol.Request;
import org.jspecify.annotations.Nullable;

import static loteria.bet.InvalidBet.printable;
import static loteria.protocol.oracle.TextBatch.words;

/**
 * What one whole message means, in each dialect.
 */
public final class TextCodec {

	private final TextBatch batch;

	public TextCodec(BetRules rules) {
		this.batch = new TextBatch(rules);
	}

	/** Two lines without their line ends. */
	public Request lines(byte[] headerBytes, byte[] bodyBytes) {
		String headerLine = text(headerBytes);
		String bodyLine = text(bodyBytes);
		if (headerLine == null || bodyLine == null) {
			return unacceptable(Reason.NOT_UTF8, (headerLine == null) ? "the header" : "the body");
		}
		String header = Fields.withoutReturn(headerLine);
		String body = Fields.withoutReturn(bodyLine);
		if (!header.startsWith("S:")) {
			return switch (header) {
				case "F:1" -> unacceptable(Reason.MALFORMED, words("body of F:1 is \"%s\"", printable(body)));
				case "E:1" -> new Request.Echo(headerLine + "\n" + bodyLine);
				case "V:1" -> this.batch.of(body, Request.Check::new);
				default -> unacceptable(Reason.UNKNOWN_MESSAGE, words("header \"%s\"", printable(header)));
			};
		}
		long expected = Texts.number(header.substring(2), 10);
		if (expected < 1) {
			return unacceptable(Reason.WRONG_COUNT,
					words("S:\"%s\" where a number of bets from 1 on belongs", printable(header.substring(2))));
		}
		this.batch.begin();
		for (String bet : Fields.elements(body, '~')) {
			this.batch.add(Fields.split(bet, ';'));
		}
		return (this.batch.size() == expected) ? this.batch.finish()
				: unacceptable(Reason.WRONG_COUNT, words("S:%d with %d bets", expected, this.batch.size()));
	}

	/** A line without its line end. */
	public Request csv(byte[] bytes) {
		String text = text(bytes);
		if (text == null) {
			return unacceptable(Reason.NOT_UTF8, "the line");
		}
		String line = Fields.withoutReturn(text);
		if (line.startsWith("DONE:")) {
			return this.batch.of(line.substring(5), (agency) -> new Request.AwaitWinners(OptionalInt.of(agency)));
		}
		this.batch.begin();
		for (String bet : Fields.elements(line, ';')) {
			this.batch.add(Fields.split(bet, ','));
		}
		return this.batch.finish();
	}

	/** What stands behind the length. */
	public Request packets(byte[] bytes) {
		String packet = text(bytes);
		if (packet == null) {
			return unacceptable(Reason.NOT_UTF8, "the packet");
		}
		int typeEnd = packet.indexOf(':');
		String payload = packet.substring(typeEnd + 1);
		return switch (packet.substring(0, Math.max(typeEnd, 0))) {
			case "StoreBet" -> oneBet(Fields.split(payload, ';'));
			case "StoreBatch" -> packetsBatch(payload);
			case "AgencyClose" -> this.batch.of(payload, Request.CloseAgency::new);
			case "WinnersRequest" -> this.batch.of(payload, Request.FindWinners::new);
			default ->
				new Request.Garbage(new Refusal(Reason.UNKNOWN_MESSAGE, words("packet \"%s\"", printable(packet))));
		};
	}

	private Request oneBet(String[] fields) {
		this.batch.begin();
		this.batch.add(fields);
		return this.batch.finish();
	}

	private Request packetsBatch(String payload) {
		String agencyText = payload.split("[:;]", -1)[0];
		int agency = BetRules.agency(agencyText);
		if (agency == 0) {
			return unacceptable(Reason.MALFORMED, BetRules.invalidAgency(agencyText).toString());
		}
		String bets = payload.substring(Math.min(agencyText.length() + 1, payload.length()));
		if (bets.isEmpty()) {
			return unacceptable(Reason.MALFORMED, "a batch without bets");
		}
		this.batch.begin();
		for (String bet : Fields.elements(bets, ':')) {
			this.batch.add(agency, Fields.split(bet, ';'));
		}
		return this.batch.finish();
	}

	public Request tlv(int opcode, byte[] bytes) {
		String data = text(bytes);
		if (data == null) {
			return unacceptable(Reason.NOT_UTF8, "the data of opcode " + opcode);
		}
		if (!data.endsWith("#")) {
			return unacceptable(Reason.MALFORMED, words("the last field of opcode %d has no end", opcode));
		}
		return switch (opcode) {
			case 1 -> oneBet(Fields.elements(data, '#'));
			case 3 -> tlvBatch(Fields.elements(data, '#'));
			case 5 -> this.batch.of(data.substring(0, data.length() - 1), Request.CloseAgency::new);
			default -> throw new IllegalArgumentException("opcode " + opcode);
		};
	}

	private Request tlvBatch(String[] fields) {
		this.batch.begin();
		for (int at = 1; at < fields.length; at += 7) {
			String marker = "@" + this.batch.size();
			if (!fields[at].equals(marker)) {
				return unacceptable(Reason.MALFORMED, words("\"%s\" where %s belongs", printable(fields[at]), marker));
			}
			this.batch.add(Arrays.copyOfRange(fields, at + 1, Math.min(at + 7, fields.length)));
		}
		return (Texts.number(fields[0], 10) == this.batch.size()) ? this.batch.finish()
				: unacceptable(Reason.WRONG_COUNT,
						words("the count is \"%s\", the bets are %d", printable(fields[0]), this.batch.size()));
	}

	/** Records of a connection whose greeting said {@code agency}. */
	public Request fixed(int agency, byte[][] records) {
		this.batch.begin();
		for (byte[] record : records) {
			if (record[0] != (byte) agency) {
				this.batch.refuse(Reason.OTHER_AGENCY,
						words("bet %d of the batch has agency byte %d, the greeting agency %d", this.batch.size() + 1,
								record[0] & 0xFF, agency));
			}
			this.batch.add(fixed(agency, record));
		}
		return this.batch.finish();
	}

	private CheckedBet fixed(int agency, byte[] record) {
		byte[] firstName = Arrays.copyOfRange(record, 1, 31);
		byte[] lastName = Arrays.copyOfRange(record, 31, 61);
		if (padded(firstName) == null) {
			return noText(Field.FIRST_NAME, firstName);
		}
		if (padded(lastName) == null) {
			return noText(Field.LAST_NAME, lastName);
		}
		ByteBuffer numbers = ByteBuffer.wrap(record);
		return this.batch.rules()
			.check(agency, padded(firstName), padded(lastName), Integer.toUnsignedString(numbers.getInt(61)),
					lossy(Arrays.copyOfRange(record, 65, 75)), Integer.toUnsignedString(numbers.getInt(75)));
	}

	private static @Nullable String padded(byte[] field) {
		String text = text(field);
		int end = (text == null) ? -1 : text.indexOf('\0');
		return (text == null || end < 0) ? text : text.substring(end).matches("\0*") ? text.substring(0, end) : null;
	}

	private static InvalidBet noText(Field field, byte[] bytes) {
		return new InvalidBet(field, lossy(bytes), "UTF-8 and then zero bytes up to the end of its field");
	}

	private static @Nullable String text(byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	private static String lossy(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static Request unacceptable(Reason reason, String detail) {
		return new Request.Unacceptable(new Refusal(reason, detail));
	}

}
