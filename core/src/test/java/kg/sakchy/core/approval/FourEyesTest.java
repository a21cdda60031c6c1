package kg.sakchy.core.approval;

import static kg.sakchy.core.ObjectStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kg.sakchy.core.FailingAuditLog;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.FaultSwitch;
import kg.sakchy.core.InMemoryAuditLog;
import kg.sakchy.core.InMemoryCameraDirectory;
import kg.sakchy.core.SampleDevices;
import kg.sakchy.core.SamplePeople;
import kg.sakchy.core.access.Caller;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.time.TimeRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may approve what, and what an approval is worth. */
class FourEyesTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final CameraId YARD = new CameraId("yard");
  private static final TimeRange HOUR =
      new TimeRange(NOON.minusSeconds(7_200), NOON.minusSeconds(3_600));
  private static final GuardedAct ACT = new GuardedAct(GuardedAct.Kind.EXPORT, YARD, HOUR);
  private static final String TWO_PEOPLE = "this takes the approval of a second person";

  private final FakeClock clock = new FakeClock(NOON);
  private final InMemoryCameraDirectory cameras = new InMemoryCameraDirectory();
  private final SamplePeople people = new SamplePeople(cameras, clock);
  private final ApprovalStore store = people.access().approvals();
  private final InMemoryAuditLog audit = new InMemoryAuditLog();
  private final FaultSwitch auditFaults = new FaultSwitch();
  private final FailingAuditLog log = new FailingAuditLog(audit, auditFaults);
  private final ApprovalDesk desk =
      new ApprovalDesk(store, people.policy(), people.access().accounts(), log, clock);
  private final ApprovedActs acts =
      new ApprovedActs(store, people.policy(), people.access().accounts(), log, clock);
  private final ApprovalLists lists =
      new ApprovalLists(store, people.policy(), people.access().accounts());
  private final List<Approval> alarms = new ArrayList<>();
  private final LapsedApprovals lapsed = new LapsedApprovals(store, log, clock, alarms::add);

  @BeforeEach
  void prepare() {
    cameras.create(SampleDevices.camera("yard", 1));
    cameras.create(SampleDevices.camera("street", 2));
    people.put("yard", people.northSchool());
    people.give("asker", people.north(), EnumSet.of(Right.EXPORT, Right.VIEW_ARCHIVE));
    people.give("second", people.north(), EnumSet.of(Right.APPROVE));
    people.give("third", people.north(), EnumSet.of(Right.APPROVE, Right.EXPORT));
    people.give("southerner", people.south(), EnumSet.of(Right.APPROVE));
  }

  private static Caller caller(String account) {
    return Caller.of(new AccountId(account), "Person " + account, "session of " + account);
  }

  private static ApprovalRequest wish(String requester, boolean urgent) {
    return new ApprovalRequest(ACT, new AccountId(requester), "a broken window", "4711", urgent);
  }

  private Approval asked() {
    return desk.request(wish("asker", false), caller("asker"));
  }

  private Approval urgent() {
    return desk.request(wish("asker", true), caller("asker"));
  }

  private Approval approved(int uses) {
    return desk.approve(caller("second"), asked().number(), "", terms(null, null, uses));
  }

  private static ApprovalDesk.Terms terms(
      @Nullable Instant from, @Nullable Instant until, int uses) {
    return new ApprovalDesk.Terms(from, until, uses);
  }

  private void use() {
    acts.use(caller("asker"), ACT);
  }

  private void assertUnusable(GuardedAct act) {
    assertThatThrownBy(() -> acts.use(caller("asker"), act)).hasMessageStartingWith(TWO_PEOPLE);
    assertThatThrownBy(() -> acts.require(caller("asker"), act)).hasMessageStartingWith(TWO_PEOPLE);
  }

  private AuditEvent lastRecord() {
    return audit.all().getLast();
  }

  @AfterEach
  void close() {
    auditFaults.mend();
    lapsed.close();
  }

  @Test
  void whatASecondPersonApprovedMayBeDoneAndEachStepIsRecorded() {
    assertUnusable(ACT);
    Approval asked = asked();
    assertThat(asked.state()).isEqualTo(Approval.State.WAITING);
    assertThat(lastRecord().details())
        .containsEntry("step", "request")
        .containsEntry("approval", Long.toString(asked.number()))
        .containsEntry("range", HOUR.start() + "/" + HOUR.end())
        .containsEntry("case", "4711")
        .doesNotContainKey("urgent");
    assertThat(lastRecord().reason()).isEqualTo("a broken window");
    assertUnusable(ACT);
    Approval approved =
        desk.approve(caller("second"), asked.number(), "fine", terms(null, null, 1));
    assertThat(approved.state()).isEqualTo(Approval.State.GRANTED);
    assertThat(approved.grant()).isEqualTo(Grant.of(NOON, NOON.plus(Duration.ofDays(1)), 1));
    assertThat(lastRecord().actor()).isEqualTo("second");
    assertThat(lastRecord().details())
        .containsEntry("step", "approve")
        .containsEntry("requester", "asker");
    acts.require(caller("asker"), ACT);
    use();
    assertThat(lastRecord().action()).isEqualTo(AuditAction.APPROVAL);
    assertThat(lastRecord().object()).isEqualTo("camera yard");
    assertThat(lastRecord().details()).containsEntry("step", "use");
    assertThat(audit.all()).allMatch(each -> each.result() == AuditEvent.Result.DONE);
  }

  @Test
  void aUseIsAnHourAndThenItIsUsedUp() {
    long number = approved(1).number();
    use();
    clock.advance(Grant.ONE_USE.minusNanos(1));
    use();
    assertThat(used(number)).isEqualTo(1);
    clock.advance(Duration.ofNanos(1));
    assertUnusable(ACT);
  }

  @Test
  void aSecondUseIsCounted() {
    long number = approved(2).number();
    use();
    clock.advance(Grant.ONE_USE);
    use();
    assertThat(used(number)).isEqualTo(2);
    clock.advance(Grant.ONE_USE);
    assertUnusable(ACT);
  }

  private int used(long number) {
    Grant grant = store.find(number).orElseThrow().grant();
    return grant == null ? -1 : grant.used();
  }

  @Test
  void manyAtOnceAreOneUse() throws Exception {
    long number = approved(1).number();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> uses = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        uses.add(
            () -> {
              use();
              return true;
            });
      }
      for (Future<Boolean> each : threads.invokeAll(uses)) {
        assertThat(each.get()).isTrue();
      }
    }
    assertThat(used(number)).isEqualTo(1);
  }

  @Test
  void itIsForThisCameraAndThisRange() {
    approved(1);
    people.put("street", people.northSchool());
    assertUnusable(new GuardedAct(GuardedAct.Kind.EXPORT, new CameraId("street"), HOUR));
    TimeRange longer = new TimeRange(HOUR.start(), HOUR.end().plusNanos(1));
    assertUnusable(new GuardedAct(GuardedAct.Kind.EXPORT, YARD, longer));
    TimeRange earlier = new TimeRange(HOUR.start().minusNanos(1), HOUR.end());
    assertUnusable(new GuardedAct(GuardedAct.Kind.EXPORT, YARD, earlier));
    TimeRange part = new TimeRange(HOUR.start().plusSeconds(1), HOUR.end().minusSeconds(1));
    acts.use(caller("asker"), new GuardedAct(GuardedAct.Kind.EXPORT, YARD, part));
  }

  @Test
  void itIsForWhoAskedAlone() {
    approved(1);
    people.give("other", people.north(), EnumSet.of(Right.EXPORT));
    assertThatThrownBy(() -> acts.use(caller("other"), ACT)).hasMessageStartingWith(TWO_PEOPLE);
    assertThatThrownBy(() -> acts.use(caller("second"), ACT)).hasMessageStartingWith(TWO_PEOPLE);
  }

  @Test
  void itHasItsTime() {
    Approval asked = asked();
    Instant from = NOON.plusSeconds(60);
    desk.approve(caller("second"), asked.number(), "", terms(from, from.plusSeconds(60), 1));
    assertUnusable(ACT);
    clock.advance(Duration.ofSeconds(60));
    acts.require(caller("asker"), ACT);
    clock.advance(Duration.ofSeconds(60));
    assertUnusable(ACT);
  }

  @Test
  void whatIsOverStaysOverWhenTheClockIsSetBack() {
    approved(5);
    use();
    clock.step(Duration.ofSeconds(-1));
    assertUnusable(ACT); // before it was granted
    clock.step(Duration.ofDays(1).plusSeconds(1));
    lapsed.round();
    clock.step(Duration.ofDays(-1).plusHours(1));
    assertUnusable(ACT);
  }

  @Test
  void nobodyApprovesHisOwn() {
    Approval asked = desk.request(wish("third", false), caller("third"));
    Caller again = Caller.of(new AccountId("third"), "Third", "another session");
    assertFails(
        ErrorKind.PERMISSION_DENIED,
        () -> desk.approve(again, asked.number(), "", terms(null, null, 1)));
    assertThat(lastRecord().result()).isEqualTo(AuditEvent.Result.REFUSED);
    assertThat(lastRecord().details()).containsEntry("step", "approve");
    assertFails(ErrorKind.PERMISSION_DENIED, () -> desk.refuse(again, asked.number(), "no"));
    assertThat(store.find(asked.number())).contains(asked);
  }

  @Test
  void onlyPeopleWithTheRightOverTheCameraApprove() {
    long number = asked().number();
    people
        .access()
        .accounts()
        .create(
            new Account(
                new AccountId("robot"), Account.Kind.SERVICE, "Robot", false, null, NOON, 1));
    people.give("robot", people.north(), EnumSet.of(Right.APPROVE));
    Caller limited =
        new Caller(new AccountId("second"), "Second", "token", Set.of(Right.VIEW_ARCHIVE));
    for (Caller nobody :
        List.of(caller("southerner"), caller("robot"), limited, caller("stranger"))) {
      assertFails(
          ErrorKind.PERMISSION_DENIED,
          () -> desk.approve(nobody, number, "", terms(null, null, 1)));
    }
    assertFails(
        ErrorKind.NOT_FOUND, () -> desk.approve(caller("second"), 999, "", terms(null, null, 1)));
  }

  @Test
  void whoManagesPeopleCouldBeHisOwnSecondPerson() {
    people.give("chief", people.north(), EnumSet.of(Right.EXPORT, Right.MANAGE_PEOPLE));
    assertThatThrownBy(() -> desk.request(wish("chief", false), caller("chief")))
        .hasMessageContaining("his own second person");
    assertThatThrownBy(() -> desk.request(wish("chief", true), caller("chief")))
        .hasMessageContaining("his own second person");
    long number = asked().number();
    approved(1);
    people.give("asker", people.northSchool(), EnumSet.of(Right.MANAGE_PEOPLE));
    assertThatThrownBy(() -> desk.approve(caller("second"), number, "", terms(null, null, 1)))
        .hasMessageContaining("his own second person");
    assertUnusable(ACT);
  }

  @Test
  void itDiesWithTheRightOfWhoApproved() {
    approved(1);
    people.takeRoles("second");
    assertUnusable(ACT);
    people.give("second", people.north(), EnumSet.of(Right.APPROVE));
    acts.require(caller("asker"), ACT);
    people.disable("second");
    assertUnusable(ACT);
  }

  @Test
  void ofTwoWhoDecideAtOnceOneDoes() throws Exception {
    long number = asked().number();
    int done = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Approval>> both =
          List.of(
              () -> desk.approve(caller("second"), number, "", terms(null, null, 1)),
              () -> desk.refuse(caller("third"), number, "no"));
      for (Future<Approval> each : threads.invokeAll(both)) {
        try {
          assertThat(each.get().isOpen()).isFalse();
          done++;
        } catch (ExecutionException e) {
          assertThat(e.getCause())
              .isInstanceOfSatisfying(
                  VmsException.class,
                  told -> assertThat(told.kind()).isEqualTo(ErrorKind.FAILED_PRECONDITION));
        }
      }
    }
    assertThat(done).isEqualTo(1);
  }

  @Test
  void whatIsRefusedOrWithdrawnMayNotBeDone() {
    Approval refused = desk.refuse(caller("second"), asked().number(), "not a case for this");
    assertThat(refused.state()).isEqualTo(Approval.State.REFUSED);
    assertThat(lastRecord().reason()).isEqualTo("not a case for this");
    assertUnusable(ACT);
    Approval granted = approved(1);
    assertFails(
        ErrorKind.PERMISSION_DENIED, () -> desk.withdraw(caller("second"), granted.number()));
    assertThat(desk.withdraw(caller("asker"), granted.number()).state())
        .isEqualTo(Approval.State.WITHDRAWN);
    assertUnusable(ACT);
    assertFails(
        ErrorKind.FAILED_PRECONDITION, () -> desk.withdraw(caller("asker"), granted.number()));
    assertFails(
        ErrorKind.FAILED_PRECONDITION,
        () -> desk.approve(caller("second"), granted.number(), "", terms(null, null, 1)));
  }

  @Test
  void whatNobodyDecidesExpires() {
    long number = asked().number();
    clock.advance(Approval.DECIDED_WITHIN.minusNanos(1));
    lapsed.round();
    assertThat(store.find(number).orElseThrow().state()).isEqualTo(Approval.State.WAITING);
    clock.advance(Duration.ofNanos(1));
    assertFails(
        ErrorKind.FAILED_PRECONDITION,
        () -> desk.approve(caller("second"), number, "", terms(null, null, 1)));
    lapsed.round();
    assertThat(store.find(number).orElseThrow().state()).isEqualTo(Approval.State.EXPIRED);
    assertThat(lastRecord().actor()).isEqualTo(AuditEvent.SYSTEM);
    assertThat(lastRecord().details()).containsEntry("step", "expired");
    assertThat(lists.waiting(caller("second"), null, 10).items()).isEmpty();
    assertThat(alarms).isEmpty();
  }

  @Test
  void whatIsUrgentIsDoneFirstAndConfirmedLater() {
    Approval urgent = urgent();
    assertThat(lastRecord().details()).containsEntry("urgent", "true");
    use();
    assertThat(lists.unreviewed(caller("second"), null, 10).items())
        .extracting(Approval::number)
        .containsExactly(urgent.number());
    assertFails(
        ErrorKind.FAILED_PRECONDITION, () -> desk.withdraw(caller("asker"), urgent.number()));
    Approval confirmed =
        desk.approve(caller("second"), urgent.number(), "", terms(null, null, 100));
    assertThat(confirmed.state()).isEqualTo(Approval.State.CONFIRMED);
    assertThat(used(urgent.number())).isEqualTo(1);
    clock.advance(Grant.ONE_USE);
    assertUnusable(ACT);
    assertThat(lists.unreviewed(caller("second"), null, 10).items()).isEmpty();
  }

  @Test
  void whatWasUrgentAndWrongIsRecordedAndEnds() {
    Approval urgent = urgent();
    Approval wrong = desk.refuse(caller("second"), urgent.number(), "no emergency");
    assertThat(wrong.state()).isEqualTo(Approval.State.NOT_CONFIRMED);
    assertThat(lastRecord().details())
        .containsEntry("step", "refuse")
        .containsEntry("urgent", "true");
    assertThat(lastRecord().reason()).isEqualTo("no emergency");
    assertUnusable(ACT);
  }

  @Test
  void whatWasUrgentAndNobodyReviewedLocksOutAndAlarms() {
    Approval urgent = urgent();
    clock.advance(Duration.ofHours(4));
    assertUnusable(ACT);
    clock.advance(Approval.REVIEWED_WITHIN.minusHours(4));
    assertThatThrownBy(this::urgent).hasMessageContaining("must be reviewed first");
    lapsed.round();
    lapsed.round();
    assertThat(alarms).extracting(Approval::number).containsExactly(urgent.number());
    assertThat(lastRecord().details()).containsEntry("step", "overdue");
    assertThatThrownBy(this::urgent).hasMessageContaining("must be reviewed first");
    assertThat(lists.unreviewed(caller("second"), null, 10).items()).hasSize(1);
    desk.approve(caller("second"), urgent.number(), "seen late", terms(null, null, 1));
    assertThat(urgent().state()).isEqualTo(Approval.State.URGENT);
  }

  @Test
  void everybodySeesHisOwnAndWhatHeDecidesOn() {
    Approval asked = asked();
    Approval ofThird = desk.request(wish("third", false), caller("third"));
    people.give("auditor", UnitId.ROOT, EnumSet.of(Right.AUDIT));
    assertThat(lists.own(caller("asker"), null, 10).items()).containsExactly(asked);
    assertThat(lists.waiting(caller("second"), null, 10).items()).containsExactly(asked, ofThird);
    assertThat(lists.waiting(caller("third"), null, 10).items()).containsExactly(asked);
    assertThat(lists.waiting(caller("southerner"), null, 10).items()).isEmpty();
    assertThat(lists.waiting(caller("auditor"), null, 10).items()).isEmpty();
    ApprovalLists.Page first = lists.waiting(caller("second"), null, 1);
    assertThat(first.items()).containsExactly(asked);
    assertThat(lists.waiting(caller("second"), first.next(), 1).items()).containsExactly(ofThird);
    for (String name : List.of("asker", "second", "auditor")) {
      assertThat(lists.find(caller(name), asked.number())).isEqualTo(asked);
    }
    assertFails(ErrorKind.NOT_FOUND, () -> lists.find(caller("southerner"), asked.number()));
    assertFails(ErrorKind.NOT_FOUND, () -> lists.find(caller("second"), 999));
  }

  @Test
  void whatTakesNoApprovalIsNotAskedFor() {
    people.put("yard", people.north());
    assertFails(ErrorKind.FAILED_PRECONDITION, this::asked);
    acts.use(caller("asker"), ACT);
    assertThat(audit.all()).hasSize(1); // the request that failed
  }

  @Test
  void whatCannotBeRecordedIsNotDone() {
    long number = approved(1).number();
    auditFaults.fail(ErrorKind.UNAVAILABLE);
    assertFails(ErrorKind.UNAVAILABLE, this::use);
    assertFails(ErrorKind.UNAVAILABLE, this::asked);
    assertThat(used(number)).isZero();
    auditFaults.mend();
  }

  @Test
  void nonsenseIsRefused() {
    String tooMuch = "x".repeat(10_000_000);
    for (String reason : List.of("", " \n", "\0", tooMuch)) {
      assertFails(
          ErrorKind.INVALID_ARGUMENT,
          () -> new ApprovalRequest(ACT, new AccountId("asker"), reason, "", false));
      assertFails(ErrorKind.INVALID_ARGUMENT, () -> desk.refuse(caller("second"), 1, reason));
    }
    assertFails(
        ErrorKind.INVALID_ARGUMENT,
        () -> new ApprovalRequest(ACT, new AccountId("asker"), "x", tooMuch, false));
    assertThat(new ApprovalRequest(ACT, new AccountId("asker"), "a\0b", "c\ud800", false))
        .isEqualTo(new ApprovalRequest(ACT, new AccountId("asker"), "ab", "c", false));
    assertFails(
        ErrorKind.INVALID_ARGUMENT,
        () ->
            new GuardedAct(
                GuardedAct.Kind.EXPORT,
                YARD,
                new TimeRange(NOON.minus(GuardedAct.LONGEST).minusNanos(1), NOON)));
    long number = asked().number();
    for (ApprovalDesk.Terms nonsense :
        List.of(
            terms(NOON.minusNanos(1), null, 1),
            terms(NOON, NOON, 1),
            terms(NOON, NOON.plus(Grant.LONGEST).plusNanos(1), 1),
            terms(null, null, 0),
            terms(null, null, 101))) {
      assertFails(
          ErrorKind.INVALID_ARGUMENT, () -> desk.approve(caller("second"), number, "", nonsense));
    }
    TimeRange future = new TimeRange(NOON.plusNanos(1), NOON.plusSeconds(1));
    ApprovalRequest early =
        new ApprovalRequest(
            new GuardedAct(GuardedAct.Kind.EXPORT, YARD, future),
            new AccountId("asker"),
            "soon",
            "",
            false);
    assertFails(ErrorKind.INVALID_ARGUMENT, () -> desk.request(early, caller("asker")));
  }
}
