/**
 * Who comes into this server: accounts, sessions and tokens put together.
 *
 * <p>Threads: opened and closed by one thread; what it hands out is safe for many.
 */
package kg.sakchy.server.entry;
