package kg.sakchy.core.access;

import java.time.Duration;
import java.util.Set;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * A named set of rights. Where and when they hold is said by a {@link RoleAssignment}.
 *
 * @param name unique, 1 to 100 characters
 * @param rights what it allows
 * @param archiveDepth how far back {@link Right#VIEW_ARCHIVE} and {@link Right#EXPORT} reach from
 *     now, at most 36500 days, or null for no limit
 * @param steerPriority 0 to 100; who has more takes a camera over from who has less
 */
public record Role(
    String name, Set<Right> rights, @Nullable Duration archiveDepth, int steerPriority) {
  private static final Duration LONGEST_DEPTH = Duration.ofDays(36_500);

  public Role {
    rights = Set.copyOf(rights);
    require(!name.isBlank() && name.length() <= 100, "a role's name has 1 to 100 characters");
    require(
        archiveDepth == null
            || (archiveDepth.isPositive() && archiveDepth.compareTo(LONGEST_DEPTH) <= 0),
        "the archive's depth is over 0 to 36500 days, or none");
    require(steerPriority >= 0 && steerPriority <= 100, "the priority is 0 to 100");
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, otherwise);
    }
  }
}
