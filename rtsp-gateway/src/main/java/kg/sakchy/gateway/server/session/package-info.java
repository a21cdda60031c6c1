/**
 * Connections, requests and sessions of clients.
 *
 * <p>Threads: bytes on the connection's event loop; requests one after another on virtual threads.
 */
package kg.sakchy.gateway.server.session;
