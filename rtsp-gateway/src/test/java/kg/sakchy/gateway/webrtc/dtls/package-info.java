/** The other side of DTLS. */
package kg.sakchy.gateway.webrtc.dtls;
