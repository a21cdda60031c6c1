/**
 * Who may see what.
 *
 * <p>Threads: one request of a connection at a time; it may block.
 */
package kg.sakchy.gateway.server.access;
