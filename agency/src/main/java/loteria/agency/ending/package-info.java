/**
 * How a run ends: done, failed, or stopped from outside.
 */
@NullMarked
package loteria.agency.ending;

import org.jspecify.annotations.NullMarked;
