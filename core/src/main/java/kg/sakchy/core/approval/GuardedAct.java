package kg.sakchy.core.approval;

import java.time.Duration;
import java.util.Locale;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.TimeRange;

/**
 * Something that takes two people.
 *
 * @param kind what is done
 * @param camera to what
 * @param range which recordings; at most {@link #LONGEST}
 */
public record GuardedAct(Kind kind, CameraId camera, TimeRange range) {
  /** An approval is for no longer a stretch than this. */
  public static final Duration LONGEST = Duration.ofDays(31);

  /** What is done. */
  public enum Kind {
    /** Recordings are taken away. */
    EXPORT(Right.EXPORT);

    private final Right right;

    Kind(Right right) {
      this.right = right;
    }

    /** The right that it takes beside the approval. */
    public Right right() {
      return right;
    }

    /** Lower-case name, as in the API and in tables. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public GuardedAct {
    if (range.duration().compareTo(LONGEST) > 0) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, "an approval is for 31 days of recordings at most");
    }
  }

  /** Whether who may do this may do that: the same of the same camera, and no more of it. */
  public boolean covers(GuardedAct other) {
    return kind == other.kind
        && camera.equals(other.camera)
        && !other.range.start().isBefore(range.start())
        && !other.range.end().isAfter(range.end());
  }
}
