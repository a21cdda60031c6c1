/**
 * How late live pictures are in a browser: {@code design/live-video.md} tells the command.
 *
 * <p>Threads: one that measures; the picture source has its own.
 */
package kg.sakchy.server.bench.live;
