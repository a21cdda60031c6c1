/**
 * Live pictures for viewers, put together: the streams they open, the rights in their addresses.
 *
 * <p>Threads: opened and closed by one thread; the parts it hands out are safe for many.
 */
package kg.sakchy.server.live;
