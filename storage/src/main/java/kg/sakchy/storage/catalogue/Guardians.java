package kg.sakchy.storage.catalogue;

import java.time.Instant;
import java.util.function.Supplier;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jdbi.v3.core.Handle;

/**
 * Keeps somebody who can manage people over the whole organisation, as {@link
 * kg.sakchy.core.access.Roles} promises. Everything that can take a guardian away goes through
 * here, one at a time over all servers of a database.
 *
 * <p>Threads: stateless.
 */
final class Guardians {
  /** Lock of the transaction (advisory). */
  private static final long LOCK = 0x73616b63687902L;

  private static final String ANY =
      """
      select exists (
        select 1 from role_assignments
          join roles on roles.name = role
          join accounts on accounts.id = account
        where unit = 1 and until_us is null and (from_us is null or from_us <= :now)
          and 'manage_people' = any (rights) and kind = 'person' and not disabled
          and subject is null)
      """;

  private Guardians() {}

  /**
   * Does {@code change} as a part of the transaction.
   *
   * @throws VmsException FAILED_PRECONDITION when there was a guardian and is none any more
   */
  static <T> T keep(Handle handle, Instant now, Supplier<T> change) {
    handle.execute("select pg_advisory_xact_lock(?)", LOCK);
    boolean before = any(handle, now);
    T result = change.get();
    if (before && !any(handle, now)) {
      throw new VmsException(
          ErrorKind.FAILED_PRECONDITION, "somebody must be able to manage people");
    }
    return result;
  }

  private static boolean any(Handle handle, Instant now) {
    return handle.createQuery(ANY).bind("now", Micros.of(now)).mapTo(Boolean.class).one();
  }
}
