/** Tests of offers and answers. */
package kg.sakchy.gateway.webrtc.sdp;
