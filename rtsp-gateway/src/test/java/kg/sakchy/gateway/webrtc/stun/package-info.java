/** Tests of STUN against RFC 5769, and against what others may send. */
package kg.sakchy.gateway.webrtc.stun;
