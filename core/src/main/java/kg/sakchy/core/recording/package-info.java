/**
 * The archive: segments, the key-frame index, the gap ledger, and the ports to write and read them.
 * See {@code design/segment-lifecycle.md}.
 */
package kg.sakchy.core.recording;
