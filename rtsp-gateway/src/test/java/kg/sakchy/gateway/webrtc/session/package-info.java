/** Tests of the parts of a session. */
package kg.sakchy.gateway.webrtc.session;
