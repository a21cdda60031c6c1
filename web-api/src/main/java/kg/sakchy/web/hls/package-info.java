/**
 * Live and recorded video as HTTP Live Streaming: one playlist that goes from any moment of the
 * archive into the present. See {@code design/hls.md}.
 *
 * <p>Threads: operations are called on virtual threads and may block. Each stream that is watched
 * live has one virtual thread of its own, a {@link kg.sakchy.web.hls.LiveRing}; what it publishes
 * is immutable. The stream's event loop only puts units into its queue.
 */
package kg.sakchy.web.hls;
