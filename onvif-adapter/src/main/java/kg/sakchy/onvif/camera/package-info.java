/**
 * Registered cameras as peers: who is behind a camera id, and the session to talk to it.
 *
 * <p>Threads: safe for use by many threads.
 */
@NullMarked
package kg.sakchy.onvif.camera;

import org.jspecify.annotations.NullMarked;
