/**
 * One player's session: what it is sent, what it asks for, and how it ends.
 *
 * <p>Threads: confined to the session's event loop, except where a class says otherwise.
 */
package kg.sakchy.gateway.webrtc.session;
