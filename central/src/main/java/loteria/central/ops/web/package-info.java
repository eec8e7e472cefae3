/**
 * The live page: one HTML document a language, and the events that keep it up to date.
 */
@NullMarked
package loteria.central.ops.web;

import org.jspecify.annotations.NullMarked;
