/**
 * The whole job on one machine: starts a central and some agencies as processes, shows
 * how far they are, and compares what they say at the end.
 */
@NullMarked
package loteria.local;

import org.jspecify.annotations.NullMarked;
