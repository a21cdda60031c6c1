package kg.sakchy.core;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.RecordingIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;
import org.jspecify.annotations.Nullable;

/** An index that breaks, or becomes endlessly slow, at the flick of a {@link FaultSwitch}. */
public final class FailingRecordingIndex implements RecordingIndex {
  private final RecordingIndex index;
  private final FaultSwitch faults;

  public FailingRecordingIndex(RecordingIndex index, FaultSwitch faults) {
    this.index = index;
    this.faults = faults;
  }

  @Override
  public void add(Segment segment) {
    faults.pass();
    index.add(segment);
  }

  @Override
  public List<Segment> find(StreamId stream, TimeRange range, int limit) {
    faults.pass();
    return index.find(stream, range, limit);
  }

  @Override
  public Optional<Segment> last(StreamId stream) {
    faults.pass();
    return index.last(stream);
  }

  @Override
  public List<TimeRange> coverage(StreamId stream, TimeRange range, long joinMillis) {
    faults.pass();
    return index.coverage(stream, range, joinMillis);
  }

  @Override
  public Totals totals() {
    faults.pass();
    return index.totals();
  }

  @Override
  public List<Expired> markExpired(@Nullable StreamId stream, Instant endingBefore, int limit) {
    faults.pass();
    return index.markExpired(stream, endingBefore, limit);
  }

  @Override
  public List<Expired> marked(int limit) {
    faults.pass();
    return index.marked(limit);
  }

  @Override
  public void remove(Collection<Expired> gone) {
    faults.pass();
    index.remove(gone);
  }
}
