/**
 * Who may see what: rights that travel in media addresses, so that players and caches need no
 * cookies. See {@code design/hls.md}.
 *
 * <p>Threads: values and classes that are safe for use by many threads; nothing here blocks.
 */
package kg.sakchy.web.access;
