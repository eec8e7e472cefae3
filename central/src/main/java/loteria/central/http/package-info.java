/**
 * What everything that is said over HTTP has in common: it changes nothing, tells
 * strangers little, and is bounded.
 */
@NullMarked
package loteria.central.http;

import org.jspecify.annotations.NullMarked;
