package loteria.bench.section;

import loteria.bench.load.Shape;
import loteria.bench.subject.Subject;

/**
 * @param name of its row
 * @param idle connections besides, that say nothing
 */
record Contender(String name, Subject subject, Shape shape, int idle) {

	static Contender of(Subject subject, Shape shape) {
		return new Contender(subject.name(), subject, shape, 0);
	}

}
