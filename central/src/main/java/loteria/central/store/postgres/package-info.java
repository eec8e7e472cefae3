/**
 * A store that several centrals share: PostgreSQL 15 or newer.
 */
@NullMarked
package loteria.central.store.postgres;

import org.jspecify.annotations.NullMarked;
