package loteria.agency.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import loteria.agency.ending.Failure;

/**
 * Knows how other agencies than this one are told what to do, for those who come from
 * them: under other names and in other places. What is said in our own way comes first.
 */
public interface Interpreter {

	/**
	 * @param ours read where it is there
	 */
	Interpretation interpret(ConfigFile ours, Map<String, ?> variables) throws Failure;

	/**
	 * What was said, as far as arguments and our own variables do not say it.
	 */
	interface Interpretation {

		/** Under our own keys where it is understood, the first of a key counts. */
		List<Said> said();

		/** What has no effect here, by the names under which it was said. */
		List<String> withoutEffect();

		/** Whether a variable is one of theirs. */
		boolean isKnown(String variable);

		/**
		 * What else can be concluded of all that was said.
		 * @param given tells the value of one of our keys, if it has one
		 */
		List<Said> concluded(Function<String, Optional<String>> given) throws Failure;

	}

}
