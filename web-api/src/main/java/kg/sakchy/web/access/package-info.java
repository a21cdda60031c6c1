/**
 * Who may see what: the rules of the contract, asked at one gate, and the rights of pictures, which
 * also travel in media addresses, so that players and caches need no cookies. See {@code
 * design/access.md}.
 *
 * <p>Threads: values and classes that are safe for use by many threads; nothing here blocks.
 */
package kg.sakchy.web.access;
