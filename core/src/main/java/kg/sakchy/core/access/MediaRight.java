package kg.sakchy.core.access;

import kg.sakchy.core.time.TimeRange;

/**
 * The right of somebody to see pictures of one camera. It is asked again while pictures are shown,
 * because it may become less or end: what goes on then ends within seconds.
 *
 * <p>Threads: safe for use by many threads; answers from memory, does not block.
 */
public interface MediaRight {
  /** What may be seen now; {@linkplain MediaGrant#isEmpty() empty} when the right has ended. */
  MediaGrant now();

  /** Whether all of a stretch of the archive may be taken away now. */
  boolean allowsExport(TimeRange range);
}
