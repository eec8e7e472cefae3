/**
 * Looks at the live page as people do.
 */
@NullMarked
package loteria.central.ops.web;

import org.jspecify.annotations.NullMarked;
