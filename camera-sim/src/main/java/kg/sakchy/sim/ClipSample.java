package kg.sakchy.sim;

/**
 * A sample of a clip in memory.
 *
 * @param track index of its track
 * @param dueNanos when it is sent, from the beginning of the round
 * @param pts in ticks of the track's RTP clock, from the beginning of the round
 * @param keyFrame whether decoding can begin here
 * @param data never changed
 */
@SuppressWarnings("ArrayRecordComponent") // media is handed on, never compared
record ClipSample(int track, long dueNanos, long pts, boolean keyFrame, byte[] data) {
  /** The same sample, due earlier. */
  ClipSample earlierBy(long nanos) {
    return new ClipSample(track, dueNanos - nanos, pts, keyFrame, data);
  }
}
