/** Tests of SRTP against the vectors of its specifications. */
package kg.sakchy.gateway.webrtc.srtp;
