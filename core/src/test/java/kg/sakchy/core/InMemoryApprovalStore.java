package kg.sakchy.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.AccountStore;
import kg.sakchy.core.approval.Approval;
import kg.sakchy.core.approval.ApprovalStore;
import kg.sakchy.core.approval.Grant;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/** Requests in the heap. Threads: safe for use by many threads. */
public final class InMemoryApprovalStore implements ApprovalStore {
  private final AccountStore accounts;
  private final TreeMap<Long, Approval> approvals = new TreeMap<>();
  private long lastNumber;

  public InMemoryApprovalStore(AccountStore accounts) {
    this.accounts = accounts;
  }

  @Override
  public synchronized long nextNumber() {
    return ++lastNumber;
  }

  @Override
  public synchronized void create(Approval asked) {
    AccountId requester = asked.request().requester();
    if (accounts.find(requester).isEmpty()) {
      throw new VmsException(ErrorKind.NOT_FOUND, "no such account: " + requester);
    }
    if (of(requester).filter(Approval::isOpen).count() >= MOST_OPEN) {
      throw new VmsException(
          ErrorKind.RESOURCE_EXHAUSTED, "50 requests of the account wait already");
    }
    approvals.put(asked.number(), asked);
  }

  @Override
  public synchronized Optional<Approval> find(long number) {
    return Optional.ofNullable(approvals.get(number));
  }

  @Override
  public synchronized Approval change(long number, UnaryOperator<Approval> change) {
    Approval before =
        find(number)
            .orElseThrow(() -> new VmsException(ErrorKind.NOT_FOUND, "no such request: " + number));
    Approval after = change.apply(before);
    approvals.put(number, after);
    return after;
  }

  @Override
  public synchronized List<Approval> ofRequester(AccountId requester, long before, int limit) {
    return of(requester).filter(each -> each.number() < before).limit(limit).toList();
  }

  @Override
  public synchronized List<Approval> open(long after, int limit) {
    return oldestFirst(each -> each.isOpen() && each.number() > after, limit);
  }

  @Override
  public synchronized List<Approval> granted(AccountId requester, CameraId camera) {
    return of(requester)
        .filter(each -> each.request().act().camera().equals(camera) && isGoingOn(each))
        .limit(100)
        .toList();
  }

  @Override
  public synchronized List<Approval> lapsed(Instant now, int limit) {
    return oldestFirst(
        each ->
            (waits(each) && !now.isBefore(each.due())) || (isGoingOn(each) && isOver(each, now)),
        limit);
  }

  private Stream<Approval> of(AccountId requester) {
    return approvals.descendingMap().values().stream()
        .filter(each -> each.request().requester().equals(requester));
  }

  private List<Approval> oldestFirst(Predicate<Approval> wanted, int limit) {
    return approvals.values().stream().filter(wanted).limit(limit).toList();
  }

  private static boolean waits(Approval approval) {
    return approval.state() == Approval.State.WAITING || approval.state() == Approval.State.URGENT;
  }

  private static boolean isGoingOn(Approval approval) {
    Grant grant = approval.grant();
    return grant != null && !grant.over();
  }

  private static boolean isOver(Approval approval, Instant now) {
    Grant grant = approval.grant();
    return grant != null && !now.isBefore(grant.until());
  }
}
