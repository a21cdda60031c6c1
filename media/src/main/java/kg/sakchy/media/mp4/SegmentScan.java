package kg.sakchy.media.mp4;

import java.util.List;
import kg.sakchy.core.recording.KeyFrameIndex;
import org.jspecify.annotations.Nullable;

/**
 * What {@link FragmentScanner} found in a segment file.
 *
 * @param init its {@code ftyp} and {@code moov}
 * @param identity its identity box, or null when it has none
 * @param parts the whole parts, in order
 * @param wholeUntil end of the last whole part, or of the boxes before the first; what follows is
 *     torn and can be cut off
 */
public record SegmentScan(
    InitSegment init, @Nullable SegmentIdentity identity, List<Part> parts, long wholeUntil) {
  public SegmentScan {
    parts = List.copyOf(parts);
  }

  /**
   * One part: a {@code moof} and its {@code mdat}. Ticks are 90 kHz, whatever the file's timescale.
   *
   * @param offset of the {@code moof} box
   * @param sizeBytes of both boxes
   * @param videoDecodeTicks decode time of the first video sample; 0 without video
   * @param videoFirstPtsTicks presentation time of the first video sample; 0 without video
   * @param videoDurationTicks sum of the durations of the video samples
   * @param videoFrames number of video samples
   * @param keyFrame whether the first video sample is a key frame
   */
  public record Part(
      long offset,
      int sizeBytes,
      long videoDecodeTicks,
      long videoFirstPtsTicks,
      long videoDurationTicks,
      int videoFrames,
      boolean keyFrame) {}

  /** Number of video samples of all parts. */
  public int videoFrames() {
    return parts.stream().mapToInt(Part::videoFrames).sum();
  }

  /**
   * The key-frame index of the whole parts. Times count from the first frame of the first key frame
   * part; parts with video before it cannot be decoded and have no entry.
   *
   * @throws kg.sakchy.core.error.VmsException DATA_LOSS when the times of key frames do not rise
   */
  public KeyFrameIndex keyFrames() {
    KeyFrameIndex.Builder index = new KeyFrameIndex.Builder();
    long origin = 0;
    for (Part part : parts) {
      if (part.keyFrame()) {
        origin = index.size() == 0 ? part.videoFirstPtsTicks() : origin;
        index.add(part.videoFirstPtsTicks() - origin, part.offset(), part.sizeBytes());
      }
    }
    return index.build();
  }
}
