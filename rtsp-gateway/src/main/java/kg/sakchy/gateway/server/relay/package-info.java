/**
 * Hands the packets of live streams to many readers, each copied once.
 *
 * <p>Threads: a relay is confined to its stream's event loop, a reader to its outlet's.
 */
package kg.sakchy.gateway.server.relay;
