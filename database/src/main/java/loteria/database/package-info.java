/**
 * A real PostgreSQL out of a jar.
 */
@NullMarked
package loteria.database;

import org.jspecify.annotations.NullMarked;
