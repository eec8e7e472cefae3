/**
 * The central and agencies as processes, and what happens to them.
 */
@NullMarked
package loteria.system;

import org.jspecify.annotations.NullMarked;
