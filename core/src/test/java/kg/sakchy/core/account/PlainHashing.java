package kg.sakchy.core.account;

import java.util.concurrent.atomic.AtomicInteger;

/** Hashes nothing, and counts how often it was asked. Threads: safe for use by many threads. */
public final class PlainHashing implements PasswordHashing {
  private static final String TODAY = "plain ";
  private final AtomicInteger matches = new AtomicInteger();

  /** How often a password was compared. */
  public int compared() {
    return matches.get();
  }

  /** A hash of parameters of yesterday. */
  public static PasswordHash outdated(String password) {
    return new PasswordHash("older " + password);
  }

  @Override
  public PasswordHash hash(String password) {
    return new PasswordHash(TODAY + password);
  }

  @Override
  public boolean matches(String password, PasswordHash hash) {
    matches.incrementAndGet();
    return hash.text().substring(TODAY.length()).equals(password);
  }

  @Override
  public boolean isOutdated(PasswordHash hash) {
    return !hash.text().startsWith(TODAY);
  }
}
