/**
 * Bounds on what one client may take: connections, requests in a time.
 *
 * <p>Threads: each type says.
 */
package kg.sakchy.core.limit;
