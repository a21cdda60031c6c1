/**
 * Steering over HTTP: single commands, and a socket for joysticks.
 *
 * <p>Threads: operations run on virtual threads and may block; sockets live on their event loop and
 * never do.
 */
package kg.sakchy.web.ptz;
