package kg.sakchy.ffmpeg;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamListener;

/** Notes what a stream tells. Threads: any. */
final class HeardStream implements StreamListener {
  private final List<StreamFormat> formats = new CopyOnWriteArrayList<>();
  private final List<AccessUnit> units = new CopyOnWriteArrayList<>();
  private final AtomicInteger interruptions = new AtomicInteger();

  @Override
  public void onFormat(StreamFormat format) {
    formats.add(format);
  }

  @Override
  public void onUnit(AccessUnit unit) {
    units.add(unit);
  }

  @Override
  public void onInterrupted(Interruption interruption) {
    interruptions.incrementAndGet();
  }

  StreamFormat format() {
    return formats.getLast();
  }

  int formats() {
    return formats.size();
  }

  int interruptions() {
    return interruptions.get();
  }

  List<AccessUnit> pictures() {
    return units.stream().filter(unit -> unit.track() == 0).toList();
  }

  List<AccessUnit> sound() {
    return units.stream().filter(unit -> unit.track() == 1).toList();
  }
}
