/** Tests of whole sessions: with a peer of our own, and with Chromium. */
package kg.sakchy.gateway.webrtc;
