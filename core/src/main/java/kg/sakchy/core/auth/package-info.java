/**
 * Basic and Digest authentication (RFC 7617, RFC 7616), both sides: RTSP and SOAP speak the same.
 *
 * <p>Threads: an authenticator or verifier is confined to one connection's.
 */
package kg.sakchy.core.auth;
