/**
 * Records camera streams: parts, segments, spool, upload, gaps, retention, and the archive over all
 * of it. Entry: {@link kg.sakchy.recorder.Recorder}. See {@code design/segment-lifecycle.md}.
 *
 * <p>Threads: each class states its own rule.
 */
package kg.sakchy.recorder;
