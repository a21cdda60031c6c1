package kg.sakchy.core;

import static kg.sakchy.core.ObjectStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.AccountStore;
import kg.sakchy.core.approval.Approval;
import kg.sakchy.core.approval.ApprovalRequest;
import kg.sakchy.core.approval.ApprovalStore;
import kg.sakchy.core.approval.Grant;
import kg.sakchy.core.approval.GuardedAct;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.time.TimeRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link ApprovalStore} promises. A test class implements it and names its stores. */
public interface ApprovalStoreContract {
  AccountId AIDA = new AccountId("aida");
  AccountId BAKYT = new AccountId("bakyt");
  CameraId YARD = new CameraId("yard");
  Instant THEN = Instant.parse("2026-11-22T10:00:00.123456Z");
  GuardedAct ACT =
      new GuardedAct(
          GuardedAct.Kind.EXPORT,
          YARD,
          new TimeRange(THEN.minusSeconds(60), THEN.plusNanos(1_000)));
  ApprovalRequest REQUEST = new ApprovalRequest(ACT, AIDA, "Жол кырсыгы", "ИИБ-4711", false);
  Grant GRANT = new Grant(THEN, THEN.plusSeconds(60), 3, 0, null, false);
  Approval.Decision DECISION = new Approval.Decision(BAKYT, THEN.plusMillis(1), "макул");

  /** The store under test, empty at the beginning of each test. */
  ApprovalStore approvals();

  /** The accounts it asks for; empty. */
  AccountStore accounts();

  private void prepare() {
    for (AccountId id : List.of(AIDA, BAKYT)) {
      accounts().create(new Account(id, Account.Kind.PERSON, "Person " + id, false, null, THEN, 1));
    }
  }

  private Approval put(Approval.State state, @Nullable Grant grant) {
    boolean decided =
        switch (state) {
          case WAITING, WITHDRAWN, EXPIRED, URGENT, OVERDUE -> false;
          case GRANTED, REFUSED, CONFIRMED, NOT_CONFIRMED -> true;
        };
    Approval asked =
        new Approval(
            approvals().nextNumber(),
            REQUEST,
            THEN,
            THEN.plus(Duration.ofDays(7)),
            state,
            decided ? DECISION : null,
            grant);
    approvals().create(asked);
    return asked;
  }

  @Test
  default void keepsWhatItIsGiven() {
    prepare();
    List<Approval> all = new ArrayList<>();
    for (Approval.State state : Approval.State.values()) {
      all.add(put(state, GRANT));
    }
    all.add(put(Approval.State.WAITING, null));
    for (Approval each : all) {
      assertThat(approvals().find(each.number())).contains(each);
    }
    assertThat(all).extracting(Approval::number).doesNotHaveDuplicates().allMatch(n -> n > 0);
    assertThat(approvals().find(all.getLast().number() + 1)).isEmpty();
    assertThat(approvals().ofRequester(AIDA, Long.MAX_VALUE, 100))
        .containsExactlyElementsOf(all.reversed());
    assertThat(approvals().ofRequester(AIDA, all.getLast().number(), 1))
        .containsExactly(all.get(all.size() - 2));
    assertThat(approvals().ofRequester(BAKYT, Long.MAX_VALUE, 100)).isEmpty();
  }

  @Test
  default void changesOneAndTellsWhatItIsNow() {
    prepare();
    Approval asked = put(Approval.State.WAITING, null);
    Grant used = new Grant(THEN, THEN.plusSeconds(60), 3, 1, THEN.plusSeconds(1), true);
    Approval granted =
        new Approval(
            asked.number(), REQUEST, THEN, asked.due(), Approval.State.GRANTED, DECISION, used);
    assertThat(approvals().change(asked.number(), before -> granted)).isEqualTo(granted);
    assertThat(approvals().find(asked.number())).contains(granted);
    assertThat(approvals().change(asked.number(), before -> before)).isEqualTo(granted);
    assertFails(ErrorKind.NOT_FOUND, () -> approvals().change(999_999, before -> before));
  }

  @Test
  default void oneChangeAfterTheOther() throws Exception {
    prepare();
    Approval asked =
        put(Approval.State.GRANTED, new Grant(THEN, THEN.plusSeconds(60), 100, 0, null, false));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Approval>> changes = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        changes.add(() -> approvals().change(asked.number(), ApprovalStoreContract::usedOnceMore));
      }
      for (Future<Approval> each : threads.invokeAll(changes)) {
        each.get();
      }
    }
    assertThat(approvals().find(asked.number()).orElseThrow().grant())
        .isEqualTo(new Grant(THEN, THEN.plusSeconds(60), 100, 20, null, false));
  }

  private static Approval usedOnceMore(Approval before) {
    Grant grant = before.grant();
    assertThat(grant).isNotNull();
    return grant == null
        ? before
        : new Approval(
            before.number(),
            before.request(),
            before.requestedAt(),
            before.due(),
            before.state(),
            before.decision(),
            new Grant(grant.from(), grant.until(), grant.uses(), grant.used() + 1, null, false));
  }

  @Test
  default void listsWhatSomebodyMustLookAt() {
    prepare();
    List<Approval> open = new ArrayList<>();
    for (Approval.State state : Approval.State.values()) {
      Approval each = put(state, GRANT);
      if (each.isOpen()) {
        open.add(each);
      }
    }
    assertThat(approvals().open(0, 10)).isEqualTo(open).hasSize(3);
    assertThat(approvals().open(open.getFirst().number(), 1)).containsExactly(open.get(1));
  }

  @Test
  default void findsWhatWasGranted() {
    prepare();
    put(Approval.State.WAITING, null);
    Approval granted = put(Approval.State.GRANTED, GRANT);
    put(Approval.State.GRANTED, new Grant(THEN, THEN.plusSeconds(60), 3, 0, null, true));
    Approval newer = put(Approval.State.URGENT, GRANT);
    assertThat(approvals().granted(AIDA, YARD)).containsExactly(newer, granted);
    assertThat(approvals().granted(BAKYT, YARD)).isEmpty();
    assertThat(approvals().granted(AIDA, new CameraId("gate"))).isEmpty();
  }

  @Test
  default void findsWhatTimeHasChanged() {
    prepare();
    Approval waiting = put(Approval.State.WAITING, null);
    Approval granted = put(Approval.State.GRANTED, GRANT);
    put(Approval.State.REFUSED, null);
    Instant over = GRANT.until();
    assertThat(approvals().lapsed(over.minusNanos(1_000), 10)).isEmpty();
    assertThat(approvals().lapsed(over, 10)).containsExactly(granted);
    assertThat(approvals().lapsed(waiting.due(), 10)).containsExactly(waiting, granted);
    assertThat(approvals().lapsed(waiting.due(), 1)).containsExactly(waiting);
  }

  @Test
  default void anAccountHasSoManyOpenAndNoMore() {
    prepare();
    for (int i = 0; i < ApprovalStore.MOST_OPEN; i++) {
      put(Approval.State.WAITING, null);
    }
    assertFails(ErrorKind.RESOURCE_EXHAUSTED, () -> put(Approval.State.WAITING, null));
    long first = approvals().open(0, 1).getFirst().number();
    approvals()
        .change(
            first,
            before ->
                new Approval(
                    first, REQUEST, THEN, before.due(), Approval.State.WITHDRAWN, null, null));
    put(Approval.State.WAITING, null);
  }

  @Test
  default void nobodyElseAsks() {
    assertFails(ErrorKind.NOT_FOUND, () -> put(Approval.State.WAITING, null));
  }
}
