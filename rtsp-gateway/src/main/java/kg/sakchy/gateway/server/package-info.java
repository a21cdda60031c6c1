/**
 * The RTSP server: relays cameras live and plays their archive; {@code design/rtsp-server.md}.
 *
 * <p>Threads: safe for use by many threads.
 */
package kg.sakchy.gateway.server;
