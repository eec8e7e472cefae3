/**
 * The three things that an agency can be started for.
 */
@NullMarked
package loteria.agency.jobs;

import org.jspecify.annotations.NullMarked;
