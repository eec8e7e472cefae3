/**
 * Threads in every order: see {@link loteria.central.schedules.Schedules}.
 */
@NullMarked
package loteria.central.schedules;

import org.jspecify.annotations.NullMarked;
