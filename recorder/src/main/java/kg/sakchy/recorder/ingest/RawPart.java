package kg.sakchy.recorder.ingest;

import java.util.List;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.StreamFormat;
import org.jspecify.annotations.Nullable;

/**
 * Units that become one part; the first is video. Immutable, made on the event loop and used on the
 * lane.
 *
 * @param epoch grows when the camera's time line begins anew
 * @param format of the epoch
 * @param videoTrack index of the recorded video track
 * @param units video and sound in the order of arrival
 * @param nextDts decoding time of the video unit behind the last, or {@link #UNKNOWN}
 * @param bytes of all units
 * @param loss what is missing before or between the units, or null
 * @param videoReport latest sender report of the video track in this epoch, or null
 * @param audioReport latest sender report of an audio track in this epoch, or null
 */
record RawPart(
    int epoch,
    StreamFormat format,
    int videoTrack,
    List<AccessUnit> units,
    long nextDts,
    long bytes,
    @Nullable Loss loss,
    @Nullable SenderReport videoReport,
    @Nullable SenderReport audioReport) {

  /** No time. */
  static final long UNKNOWN = Long.MIN_VALUE;

  /** The first video unit. */
  AccessUnit first() {
    return units.getFirst();
  }

  boolean keyFrame() {
    return first().keyFrame();
  }

  /**
   * Missing media.
   *
   * @param videoUnitsBefore how many video units of the part came before it
   * @param videoPackets RTP packets of the video track; 0 when only sound is missing
   * @param packets RTP packets of all tracks
   * @param reason in words
   */
  record Loss(int videoUnitsBefore, long videoPackets, long packets, String reason) {
    /** This and what is missing later in the same part. */
    Loss and(Loss later) {
      Loss named = videoPackets > 0 ? this : later;
      return new Loss(
          named.videoUnitsBefore,
          videoPackets + later.videoPackets,
          packets + later.packets,
          named.reason);
    }
  }
}
