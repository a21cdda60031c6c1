/**
 * SRTP and SRTCP (RFC 3711, RFC 7714) with the ciphers of the JDK: what a sender of media needs.
 *
 * <p>Threads: contexts are confined to the loop of their session.
 */
package kg.sakchy.gateway.webrtc.srtp;
