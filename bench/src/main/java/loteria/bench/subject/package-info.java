/**
 * What is measured: the central, and others that do the same, each started and stopped as
 * a process on this machine.
 */
@NullMarked
package loteria.bench.subject;

import org.jspecify.annotations.NullMarked;
