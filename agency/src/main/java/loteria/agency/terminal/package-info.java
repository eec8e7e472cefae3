/**
 * What a person at a terminal sees besides the log.
 */
@NullMarked
package loteria.agency.terminal;

import org.jspecify.annotations.NullMarked;
