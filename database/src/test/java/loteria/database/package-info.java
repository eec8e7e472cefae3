/**
 * Tests of the database.
 */
@NullMarked
package loteria.database;

import org.jspecify.annotations.NullMarked;
