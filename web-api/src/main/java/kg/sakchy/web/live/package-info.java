/**
 * Live and archived pictures on one line of time, to a browser's Media Source Extensions over a
 * WebSocket. See {@code design/live-video.md}.
 *
 * <p>Threads: each viewer has a virtual thread of its own that does everything for it and may
 * block; camera loops only put units into its bounded queue, the socket's loop only the client's
 * wishes.
 */
package kg.sakchy.web.live;
