/**
 * Gives up what a central refuses to start with, at an operator's demand.
 */
@NullMarked
package loteria.central.store.salvage;

import org.jspecify.annotations.NullMarked;
