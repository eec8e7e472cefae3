/**
 * What can be set, where it is read from, and what may be written there. Everybody may
 * know it; it knows nobody but the lottery's own words.
 */
@NullMarked
package loteria.central.settings;

import org.jspecify.annotations.NullMarked;
