/**
 * The recorder's own disk: segments being written, sealed segments on their way to the store, and
 * what is needed to go on after a crash without the database.
 *
 * <p>Layout: {@code <camera>/<stream>/<start ms>-<run>-<sequence>} with {@code .open} while it is
 * written, {@code .mp4} when sealed, and {@code .row} beside it with the row for the index; {@code
 * chain} in the stream's directory with end and hash of its last segment. See {@code
 * design/segment-lifecycle.md}.
 *
 * <p>Threads: each class states its own rule.
 */
package kg.sakchy.recorder.spool;
