/**
 * Removes what is old, or the oldest when space runs out. See {@code design/segment-lifecycle.md}.
 *
 * <p>Threads: confined to the housekeeping thread; blocks.
 */
package kg.sakchy.recorder.retention;
