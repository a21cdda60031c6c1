/**
 * Session descriptions (SDP, RFC 8866) as RTSP servers send them (RFC 2326 appendix C).
 *
 * <p>Threads: everything here is immutable.
 */
package kg.sakchy.media.sdp;
