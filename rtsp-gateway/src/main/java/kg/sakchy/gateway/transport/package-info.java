/**
 * Sockets: event loops and their ticks, name resolution, the RTSP connection, UDP port pairs and
 * TLS.
 *
 * <p>Threads: a socket and everything above it belong to one event loop, chosen when the stream is
 * opened; resolving names is the only thing that happens elsewhere (virtual threads).
 */
package kg.sakchy.gateway.transport;
