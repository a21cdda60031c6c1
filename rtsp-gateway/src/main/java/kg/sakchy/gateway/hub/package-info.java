/**
 * One stream's listeners, its figures and the summary of its faults.
 *
 * <p>Threads: everything is confined to the stream's event loop, except where a method says that it
 * may be called from any thread.
 */
package kg.sakchy.gateway.hub;
