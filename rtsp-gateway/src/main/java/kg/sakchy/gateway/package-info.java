/**
 * Pulls cameras over RTSP, each stream once, and hands what they send to whoever listens. {@link
 * kg.sakchy.gateway.RtspGateway} is the only class others use.
 *
 * <p>Threads: the gateway may be called from any thread; each stream lives on one event loop.
 */
package kg.sakchy.gateway;
