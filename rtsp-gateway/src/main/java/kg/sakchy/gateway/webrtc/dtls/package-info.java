/**
 * DTLS 1.2 (RFC 6347) as the server of a WebRTC session: proves both sides by the certificates
 * whose fingerprints the descriptions named, and agrees on the keys of SRTP (RFC 5764).
 * BouncyCastle is used here and nowhere else.
 *
 * <p>Threads: a handshake blocks a virtual thread of its own; packets are handed to it.
 */
package kg.sakchy.gateway.webrtc.dtls;
