/**
 * Offers and answers of WebRTC sessions (RFC 8829, RFC 9429) for a peer that only watches.
 *
 * <p>Threads: everything here is immutable or a pure function.
 */
package kg.sakchy.gateway.webrtc.sdp;
