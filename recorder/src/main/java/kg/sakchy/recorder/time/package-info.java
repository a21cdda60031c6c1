/**
 * The time of frames: from RTP ticks and arrival to UTC, see {@code design/time.md}.
 *
 * <p>Threads: confined to the stream's lane.
 */
package kg.sakchy.recorder.time;
