/**
 * What flows from a camera: formats, access units, and the ports of a live stream.
 *
 * <p>Threads: a listener is called on the event loop of its stream and must not block.
 */
package kg.sakchy.core.stream;
