/**
 * How the agencies of the five systems are told what to do: for somebody who replaces one
 * of them by this agency and leaves everything else as it is. The program plugs it in;
 * nothing else knows of it.
 */
@NullMarked
package loteria.agency.moving;

import org.jspecify.annotations.NullMarked;
