/**
 * The agency's file: a bet a row, read one after the other.
 */
@NullMarked
package loteria.agency.file;

import org.jspecify.annotations.NullMarked;
