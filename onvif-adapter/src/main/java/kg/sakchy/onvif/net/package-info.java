/**
 * The event loops that this module's sockets run on.
 *
 * <p>Threads: what a class says.
 */
@NullMarked
package kg.sakchy.onvif.net;

import org.jspecify.annotations.NullMarked;
