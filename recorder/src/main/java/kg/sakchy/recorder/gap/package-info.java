/**
 * Knows why something is missing: follows each stream, keeps the ledger, and checks the plan
 * against what is stored. See {@code design/segment-lifecycle.md}.
 *
 * <p>Threads: each class states its own rule; trackers are called from the stream's lane and from
 * the housekeeping thread, and lock themselves.
 */
package kg.sakchy.recorder.gap;
