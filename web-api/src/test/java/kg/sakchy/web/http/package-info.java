/**
 * Parsers of what clients send, fed with tables, seeds and noise.
 *
 * <p>Threads: one.
 */
package kg.sakchy.web.http;
