package kg.sakchy.storage.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * A transaction that other work of the same thread may join. Work that fails is undone to where it
 * began (a savepoint), with what it wanted done at the commit; who catches its exception can go on.
 *
 * <p>Threads: one.
 */
final class Transaction {
  private final Handle handle;
  private final List<Consumer<Handle>> beforeCommit = new ArrayList<>();
  private final List<Runnable> afterCommit = new ArrayList<>();
  private int depth;

  Transaction(Handle handle) {
    this.handle = handle;
  }

  /** Runs {@code work} as a part of it. */
  <T> T join(Database.Work<T> work) {
    String savepoint = "joined" + depth++;
    int before = beforeCommit.size();
    int after = afterCommit.size();
    handle.savepoint(savepoint);
    try {
      T result = work.on(handle);
      handle.releaseSavepoint(savepoint);
      return result;
    } catch (RuntimeException e) {
      beforeCommit.subList(before, beforeCommit.size()).clear();
      afterCommit.subList(after, afterCommit.size()).clear();
      undo(savepoint, e);
      throw e;
    } finally {
      depth--;
    }
  }

  private void undo(String savepoint, RuntimeException why) {
    try {
      handle.rollbackToSavepoint(savepoint);
    } catch (RuntimeException e) { // the connection is gone; why is the news
      why.addSuppressed(e);
    }
  }

  /** {@code work} is done last in the transaction, in the order of these calls. */
  void beforeCommit(Consumer<Handle> work) {
    beforeCommit.add(work);
  }

  /** {@code action} is done when all is committed. */
  void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  /** Does what was to be done last. */
  void finish() {
    for (int i = 0; i < beforeCommit.size(); i++) { // it may ask for more
      beforeCommit.get(i).accept(handle);
    }
  }

  /** Does what was to be done after the commit. */
  void committed() {
    afterCommit.forEach(Runnable::run);
  }
}
