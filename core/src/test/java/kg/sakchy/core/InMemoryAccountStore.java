package kg.sakchy.core;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.AccountStore;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/** Accounts in the heap. Threads: safe for use by many threads. */
public final class InMemoryAccountStore implements AccountStore {
  private final SortedMap<AccountId, Account> accounts = new TreeMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private BiFunction<AccountId, Supplier<Account>, Account> disabling = (id, act) -> act.get();

  /**
   * Lets somebody else do what disables an account, or refuse it.
   *
   * @param guard does it and returns its result, or throws
   */
  void disableThrough(BiFunction<AccountId, Supplier<Account>, Account> guard) {
    disabling = guard;
  }

  @Override
  public synchronized Optional<Account> find(AccountId id) {
    return Optional.ofNullable(accounts.get(id));
  }

  @Override
  public synchronized Optional<Account> findBySubject(String subject) {
    return accounts.values().stream()
        .filter(account -> subject.equals(account.subject()))
        .findFirst();
  }

  @Override
  public synchronized List<Account> list(@Nullable AccountId after, int limit) {
    return accounts.values().stream()
        .filter(account -> after == null || account.id().compareTo(after) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public Account create(Account account) {
    Account created = withVersion(account, account, 1);
    synchronized (this) {
      String subject = account.subject();
      if (accounts.containsKey(account.id())
          || (subject != null && findBySubject(subject).isPresent())) {
        throw new VmsException(
            ErrorKind.CONFLICT, "there is an account of this name or subject: " + account.id());
      }
      accounts.put(account.id(), created);
    }
    tell();
    return created;
  }

  @Override
  public Account change(Account changed) {
    Account stored =
        changed.disabled() ? disabling.apply(changed.id(), () -> store(changed)) : store(changed);
    tell();
    return stored;
  }

  private synchronized Account store(Account changed) {
    Account old = accounts.get(changed.id());
    if (old == null) {
      throw new VmsException(ErrorKind.NOT_FOUND, "no such account: " + changed.id());
    }
    if (old.version() != changed.version()) {
      throw new VmsException(
          ErrorKind.CONFLICT, "somebody else changed the account: " + changed.id());
    }
    Account stored = withVersion(old, changed, old.version() + 1);
    accounts.put(changed.id(), stored);
    return stored;
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  private static Account withVersion(Account same, Account changed, long version) {
    return new Account(
        same.id(),
        same.kind(),
        changed.displayName(),
        changed.disabled(),
        same.subject(),
        same.createdAt(),
        version);
  }

  private void tell() {
    listeners.forEach(Runnable::run);
  }
}
