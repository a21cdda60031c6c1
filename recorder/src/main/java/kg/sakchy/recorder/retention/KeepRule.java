package kg.sakchy.recorder.retention;

import kg.sakchy.core.camera.StreamId;

/**
 * How long a stream is kept.
 *
 * @param days how long its segments are kept
 */
public record KeepRule(StreamId stream, int days) {}
