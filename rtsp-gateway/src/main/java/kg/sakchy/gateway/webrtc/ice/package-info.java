/**
 * ICE as a lite agent on one port number, UDP and TCP (RFC 8445 §2.5, RFC 6544): peers check us, we
 * answer and never ask.
 *
 * <p>Threads: values are immutable; what has state says whose loop it lives on.
 */
package kg.sakchy.gateway.webrtc.ice;
