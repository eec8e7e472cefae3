/**
 * Looking at bytes where they lie, without making text or objects of them, and their
 * hash.
 */
@NullMarked
package loteria.bytes;

import org.jspecify.annotations.NullMarked;
