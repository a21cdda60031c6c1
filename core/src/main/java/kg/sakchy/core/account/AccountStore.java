package kg.sakchy.core.account;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps accounts. None is ever deleted: audit records name them.
 *
 * <p>Threads: safe for use by many threads; calls block (database). Fails: {@link
 * kg.sakchy.core.error.VmsException} UNAVAILABLE when the database cannot be reached.
 */
public interface AccountStore {
  Optional<Account> find(AccountId id);

  /** Who is this at the identity provider. */
  Optional<Account> findBySubject(String subject);

  /**
   * One page in the order of ids.
   *
   * @param after the last id of the page before, or null for the first page
   * @param limit at most this many, 1 to 1000
   */
  List<Account> list(@Nullable AccountId after, int limit);

  /**
   * Makes an account, of version 1.
   *
   * @throws kg.sakchy.core.error.VmsException CONFLICT when the id or the subject is another's
   */
  Account create(Account account);

  /**
   * Changes the display name and whether it is disabled; the rest stays.
   *
   * @param changed with the version that the change is based on
   * @return it with the next version
   * @throws kg.sakchy.core.error.VmsException NOT_FOUND; CONFLICT when somebody changed it in
   *     between; FAILED_PRECONDITION when it is disabled and nobody else could manage people (the
   *     last guardian of the port of roles)
   */
  Account change(Account changed);

  /** Calls {@code listener} after every committed change; it must be quick. */
  void onChange(Runnable listener);
}
