/**
 * Connections to the central: opened for as long as patience lasts, requests out, replies
 * in.
 */
@NullMarked
package loteria.agency.tcp;

import org.jspecify.annotations.NullMarked;
