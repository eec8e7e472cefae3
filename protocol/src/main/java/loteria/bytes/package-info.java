/**
 * Looking at bytes where they lie, without making text or objects of them.
 */
@NullMarked
package loteria.bytes;

import org.jspecify.annotations.NullMarked;
