/**
 * What becomes of figures: tables, plots, flame graphs, and the blocks of a document that
 * are written by a command.
 */
@NullMarked
package loteria.bench.report;

import org.jspecify.annotations.NullMarked;
