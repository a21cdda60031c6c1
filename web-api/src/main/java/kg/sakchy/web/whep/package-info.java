/**
 * WHEP: live pictures by WebRTC, asked for over HTTP (draft-ietf-wish-whep, whose exchange is that
 * of WHIP, RFC 9725).
 *
 * <p>Threads: operations may block and run on virtual threads. See design/webrtc.md.
 */
package kg.sakchy.web.whep;
