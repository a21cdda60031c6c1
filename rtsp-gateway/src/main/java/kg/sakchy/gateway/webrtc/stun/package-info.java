/**
 * STUN messages (RFC 8489) as far as connectivity checks of ICE use them: bytes in, values out.
 *
 * <p>Threads: everything here is immutable or a pure function.
 */
package kg.sakchy.gateway.webrtc.stun;
