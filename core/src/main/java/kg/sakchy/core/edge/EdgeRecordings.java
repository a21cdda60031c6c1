package kg.sakchy.core.edge;

import java.util.List;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.time.TimeRange;

/**
 * Knows what the cameras themselves have recorded (ONVIF Recording Search).
 *
 * <p>Threads: safe for use by many threads; calls block (network).
 */
public interface EdgeRecordings {
  /**
   * What the camera holds of a stretch, by start.
   *
   * @return empty when it holds nothing of it
   * @throws kg.sakchy.core.error.VmsException UNSUPPORTED for a camera that records nothing itself,
   *     UNAVAILABLE or TIMEOUT when it cannot be asked now
   */
  List<EdgeSpan> spans(StreamId stream, TimeRange range);
}
