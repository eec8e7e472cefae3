/**
 * Tests on a real PostgreSQL, which all of them share.
 */
@NullMarked
package loteria.central.store.postgres;

import org.jspecify.annotations.NullMarked;
