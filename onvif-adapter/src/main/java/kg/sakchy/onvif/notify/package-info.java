/**
 * The port at which cameras without pull points deliver their events (WS-BaseNotification 1.3,
 * Notify over HTTP). It is the only thing of this server that listens to cameras, so it takes as
 * little as possible: bounded bodies, times and connections, at paths nobody can guess, from the
 * camera they were made for.
 *
 * <p>Threads: one event loop; bodies are read on virtual threads.
 */
@NullMarked
package kg.sakchy.onvif.notify;

import org.jspecify.annotations.NullMarked;
