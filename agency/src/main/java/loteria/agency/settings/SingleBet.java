package loteria.agency.settings;

import java.util.List;
import java.util.Map;

import loteria.agency.ending.Failure;
import loteria.bet.InvalidBet;
import org.jspecify.annotations.Nullable;

/**
 * The one bet that the course puts into the environment, not checked yet.
 */
public record SingleBet(String firstName, String lastName, String document, String birthdate, String number) {

	/** In the order of the record. */
	private static final List<String> VARIABLES = List.of("NOMBRE", "APELLIDO", "DOCUMENTO", "NACIMIENTO", "NUMERO");

	private static final String ENVIRONMENT = "the environment";

	/**
	 * @return the bet, or null if {@code environment} has none of its variables
	 */
	static @Nullable SingleBet of(Map<String, ?> environment) throws Failure {
		List<String> values = VARIABLES.stream()
			.map((name) -> (environment.get(name) instanceof String value) ? value : "")
			.toList();
		List<String> missing = VARIABLES.stream()
			.filter((name) -> values.get(VARIABLES.indexOf(name)).isEmpty())
			.toList();
		if (missing.size() == VARIABLES.size()) {
			return null;
		}
		if (!missing.isEmpty()) {
			throw Given.refused(String.join(", ", missing), "", "all of " + String.join(", ", VARIABLES) + ", or none",
					ENVIRONMENT);
		}
		for (int i = 0; i < values.size(); i++) {
			Given.requireWhole(VARIABLES.get(i), values.get(i), ENVIRONMENT);
		}
		return new SingleBet(values.get(0), values.get(1), values.get(2), values.get(3), values.get(4));
	}

	/**
	 * The failure that names the variable which breaks a rule.
	 */
	public Failure refused(InvalidBet invalid) {
		String variable = switch (invalid.field()) {
			case FIRST_NAME -> "NOMBRE";
			case LAST_NAME -> "APELLIDO";
			case DOCUMENT -> "DOCUMENTO";
			case BIRTHDATE -> "NACIMIENTO";
			case NUMBER -> "NUMERO";
			case AGENCY, FIELDS -> Key.ID.toString();
		};
		return Given.refused(variable, invalid.value(), invalid.rule(), ENVIRONMENT);
	}

}
