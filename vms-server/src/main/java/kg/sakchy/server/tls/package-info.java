/**
 * The certificate of this server: where it comes from, and that it is always a good one.
 *
 * <p>Threads: opened and closed by one thread, which may block; a thread of its own looks for
 * another certificate. See {@code design/tls.md}.
 */
package kg.sakchy.server.tls;
