package kg.sakchy.recorder.gap;

import kg.sakchy.core.recording.Gap;

/** Takes gaps and never blocks or fails; the same gap may come again, grown. Threads: any. */
@FunctionalInterface
public interface GapSink {
  void put(Gap gap);
}
