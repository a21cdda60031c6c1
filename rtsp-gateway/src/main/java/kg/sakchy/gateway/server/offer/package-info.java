/**
 * What clients are told of a stream.
 *
 * <p>Threads: everything is immutable.
 */
package kg.sakchy.gateway.server.offer;
