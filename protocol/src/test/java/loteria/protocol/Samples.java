package loteria.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import loteria.bet.Bet;
import loteria.bet.BetRules;
import loteria.bet.Rows;
import loteria.protocol.Refusal.Reason;
import loteria.protocol.ServerCodec.After;
import org.jspecify.annotations.Nullable;

/**
 * Bets that all dialects can carry, and what tests do with codecs again and again.
 */
public final class Samples {

	/** Today is 1 June 2025. */
	public static final BetRules RULES = new BetRules(
			Clock.fixed(Instant.parse("2025-06-01T12:00:00Z"), ZoneOffset.UTC));

	/** 12 bytes of first name, 7 of last name. */
	public static final Bet MARIA = bet("María José", "Núñez", "30904465", "1999-03-17", 7574);

	/** A document above 2<sup>31</sup>. */
	public static final Bet JUAN = bet("Juan", "D'Angelo", "3000000001", "1980-12-31", 0);

	public static final Bet ANA = bet("Ana", "Sol", "5", "2000-02-29", 9999);

	/** Every field as long as the rules allow. */
	public static final Bet LONGEST = new Bet(Integer.MAX_VALUE, "ñ".repeat(25), "é".repeat(25), "9999999999",
			LocalDate.of(1999, 12, 31), 9999);

	private Samples() {
	}

	public static Bet bet(String firstName, String lastName, String document, String birthdate, int number) {
		return new Bet(1, firstName, lastName, document, LocalDate.parse(birthdate), number);
	}

	public static Bet named(String firstName, String lastName) {
		return bet(firstName, lastName, "5", "2000-02-29", 9999);
	}

	/** Documents 1000000 and following. */
	public static List<String> documents(int count) {
		List<String> documents = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			documents.add(Integer.toString(1_000_000 + i));
		}
		return documents;
	}

	/** What a central understands of a batch of agency 1. */
	public static Request storeBets(Bet... bets) {
		return storeBets(List.of(bets));
	}

	public static Request storeBets(List<Bet> bets) {
		return new Request.StoreBets(Rows.of(1, bets));
	}

	/** Why a message was refused after which the connection goes on. */
	public static @Nullable Reason unacceptable(@Nullable Request request) {
		return (request instanceof Request.Unacceptable(Refusal refusal)) ? refusal.reason() : null;
	}

	/** Why a message was refused after which the connection closes. */
	public static @Nullable Reason garbage(@Nullable Request request) {
		return (request instanceof Request.Garbage(Refusal refusal)) ? refusal.reason() : null;
	}

	/** What the log says of a message that was refused. */
	public static String detail(@Nullable Request request) {
		return switch (request) {
			case Request.Unacceptable(Refusal refusal) -> refusal.detail();
			case Request.Garbage(Refusal refusal) -> refusal.detail();
			case null, default -> "not refused: " + request;
		};
	}

	public static Reply refused(Reason reason, String detail) {
		return new Reply.Refused(new Refusal(reason, detail));
	}

	public static Request garbage() {
		return new Request.Garbage(new Refusal(Reason.MALFORMED, "test"));
	}

	public static Request unacceptable() {
		return new Request.Unacceptable(new Refusal(Reason.MALFORMED, "test"));
	}

	public static Answer answer(ServerCodec codec, Request request, Reply reply) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try {
			codec.cannotSay(reply);
			return new Answer(codec.encode(request, reply, out), out.toByteArray());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static byte[] encoded(ClientCodec codec, ClientRequest request) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try {
			codec.encode(request, out);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return out.toByteArray();
	}

	/**
	 * What a central's codec makes of a reply.
	 */
	public record Answer(After after, byte[] bytes) {
	}

}
