package kg.sakchy.recorder.spool;

import java.nio.file.Path;
import kg.sakchy.core.recording.Segment;

/** A segment being written. Threads: any. */
public interface OpenSegment {
  /** What is whole on disk now, in state WRITING. */
  Segment snapshot();

  /** Bytes of what is whole on disk now. */
  long snapshotBytes();

  /** Its file while it is written. */
  Path file();
}
