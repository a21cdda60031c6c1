/**
 * How packets leave: shared batches, frames in a connection, datagrams, and the threads for it.
 *
 * <p>Threads: each type says which.
 */
package kg.sakchy.gateway.server.delivery;
