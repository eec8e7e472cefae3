/**
 * What the agency was told: a course {@code config.yaml}, variables of the environment,
 * arguments.
 */
@NullMarked
package loteria.agency.settings;

import org.jspecify.annotations.NullMarked;
