/**
 * The parts of the central's way of a batch by themselves, measured by JMH.
 */
@NullMarked
package loteria.bench.micro;

import org.jspecify.annotations.NullMarked;
