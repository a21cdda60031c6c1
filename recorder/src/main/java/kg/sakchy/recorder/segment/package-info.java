/**
 * One segment file: appended part by part, hashed while it is written, then sealed. See {@code
 * design/segment-lifecycle.md}.
 *
 * <p>Threads: each class states its own rule.
 */
package kg.sakchy.recorder.segment;
