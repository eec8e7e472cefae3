/**
 * The agency as a program: what happens from the command line to the exit code.
 */
@NullMarked
package loteria.agency;

import org.jspecify.annotations.NullMarked;
