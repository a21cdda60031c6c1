package kg.sakchy.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.SiteClass;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.organisation.UnitPath;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InMemoryAccessPolicyTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final UnitId NORTH = new UnitId(2);
  private static final UnitId SOUTH = new UnitId(3);
  private static final UnitId SCHOOL = new UnitId(4);
  private static final CameraId YARD = new CameraId("yard");
  private static final CameraId GATE = new CameraId("gate");
  private static final CameraId LOOSE = new CameraId("loose");
  private static final AccountId AIDA = new AccountId("aida");
  private static final AccountId BAKYT = new AccountId("bakyt");

  private final FakeClock clock = new FakeClock(NOON);
  private final InMemoryAccessPolicy policy = new InMemoryAccessPolicy(clock);

  @BeforeEach
  void fill() {
    UnitPath north = UnitPath.TOP.to(NORTH);
    policy.setUnits(List.of(UnitPath.TOP, north, UnitPath.TOP.to(SOUTH), north.to(SCHOOL)));
    policy.setCameras(Map.of(YARD, SCHOOL, GATE, SOUTH, LOOSE, UnitId.ROOT));
  }

  @Test
  void beforeAnythingWasReadNothingIsAllowed() {
    InMemoryAccessPolicy empty = new InMemoryAccessPolicy(clock);
    assertThat(empty.allows(AIDA, Right.VIEW_LIVE, YARD)).isFalse();
    assertThat(empty.allows(AIDA, Right.VIEW_LIVE, UnitId.ROOT)).isFalse();
    assertThat(empty.allowsSomewhere(AIDA, Right.VIEW_LIVE)).isFalse();
    assertThat(empty.archiveSince(AIDA, Right.VIEW_ARCHIVE, YARD)).isEmpty();
    assertThat(empty.cameras(AIDA, Right.VIEW_LIVE, null, 10)).isEmpty();
    assertThat(empty.steerPriority(AIDA, YARD)).isZero();
  }

  @Test
  void aRightReachesDownAndNotUpOrAside() {
    give(assignment(AIDA, "operator", NORTH, null, null));
    assertThat(policy.allows(AIDA, Right.VIEW_LIVE, YARD)).isTrue();
    assertThat(policy.allows(AIDA, Right.VIEW_LIVE, SCHOOL)).isTrue();
    assertThat(policy.allows(AIDA, Right.VIEW_LIVE, NORTH)).isTrue();
    assertThat(policy.allows(AIDA, Right.VIEW_LIVE, UnitId.ROOT)).isFalse();
    assertThat(policy.allows(AIDA, Right.VIEW_LIVE, SOUTH)).isFalse();
    assertThat(policy.allows(AIDA, Right.VIEW_LIVE, GATE)).isFalse();
    assertThat(policy.allows(AIDA, Right.VIEW_LIVE, LOOSE)).isFalse();
    assertThat(policy.allows(AIDA, Right.TALK, YARD)).isFalse();
    assertThat(policy.allows(BAKYT, Right.VIEW_LIVE, YARD)).isFalse();
    assertThat(policy.allowsSomewhere(AIDA, Right.STEER)).isTrue();
    assertThat(policy.allowsSomewhere(AIDA, Right.TALK)).isFalse();
    assertThat(policy.allowsSomewhere(BAKYT, Right.STEER)).isFalse();
  }

  @Test
  void whatNobodyToldOfIsReachedFromTheTopOnly() {
    give(
        assignment(AIDA, "operator", UnitId.ROOT, null, null),
        assignment(BAKYT, "operator", NORTH, null, null));
    CameraId unknown = new CameraId("unknown");
    assertThat(policy.allows(AIDA, Right.VIEW_LIVE, unknown)).isTrue();
    assertThat(policy.allows(BAKYT, Right.VIEW_LIVE, unknown)).isFalse();
    assertThat(policy.allows(AIDA, Right.VIEW_LIVE, new UnitId(99))).isFalse();
    policy.putCamera(YARD, new UnitId(99));
    assertThat(policy.allows(AIDA, Right.VIEW_LIVE, YARD)).isFalse();
    assertThat(policy.cameras(AIDA, Right.VIEW_LIVE, null, 10)).containsExactly(GATE, LOOSE);
  }

  @Test
  void rightsFollowTheCameraAndTheUnit() {
    give(assignment(AIDA, "operator", NORTH, null, null));
    policy.putCamera(GATE, SCHOOL);
    assertThat(policy.allows(AIDA, Right.VIEW_LIVE, GATE)).isTrue();
    policy.putUnit(UnitPath.TOP.to(SOUTH).to(SCHOOL));
    assertThat(policy.allows(AIDA, Right.VIEW_LIVE, GATE)).isFalse();
    assertThat(policy.allows(AIDA, Right.VIEW_LIVE, SCHOOL)).isFalse();
    policy.removeUnit(NORTH);
    assertThat(policy.allows(AIDA, Right.VIEW_LIVE, NORTH)).isFalse();
  }

  @Test
  void rightsBeginAndEnd() {
    give(assignment(AIDA, "operator", NORTH, NOON.plusSeconds(10), NOON.plusSeconds(20)));
    assertThat(policy.allows(AIDA, Right.VIEW_LIVE, YARD)).isFalse();
    clock.advance(Duration.ofSeconds(10));
    assertThat(policy.allows(AIDA, Right.VIEW_LIVE, YARD)).isTrue();
    clock.advance(Duration.ofSeconds(10));
    assertThat(policy.allows(AIDA, Right.VIEW_LIVE, YARD)).isFalse();
    clock.step(Duration.ofSeconds(-5));
    assertThat(policy.allows(AIDA, Right.VIEW_LIVE, YARD)).isTrue();
  }

  @Test
  void theArchiveReachesAsFarAsTheLongestRoleThatHolds() {
    give(
        assignment(AIDA, "operator", NORTH, null, null),
        assignment(AIDA, "senior operator", SCHOOL, null, null),
        assignment(BAKYT, "investigator", UnitId.ROOT, null, null),
        assignment(BAKYT, "operator", UnitId.ROOT, null, null));
    assertThat(policy.archiveSince(AIDA, Right.VIEW_ARCHIVE, YARD))
        .contains(NOON.minus(Duration.ofDays(7)));
    policy.putCamera(GATE, NORTH);
    assertThat(policy.archiveSince(AIDA, Right.VIEW_ARCHIVE, GATE))
        .contains(NOON.minus(Duration.ofDays(1)));
    assertThat(policy.archiveSince(AIDA, Right.EXPORT, GATE)).isEmpty();
    assertThat(policy.archiveSince(AIDA, Right.VIEW_ARCHIVE, LOOSE)).isEmpty();
    assertThat(policy.archiveSince(BAKYT, Right.VIEW_ARCHIVE, YARD)).contains(Instant.MIN);
  }

  @Test
  void theHighestRoleSteers() {
    give(
        assignment(AIDA, "operator", UnitId.ROOT, null, null),
        assignment(AIDA, "senior operator", SCHOOL, null, null),
        assignment(AIDA, "investigator", UnitId.ROOT, null, null));
    assertThat(policy.steerPriority(AIDA, YARD)).isEqualTo(60);
    assertThat(policy.steerPriority(AIDA, GATE)).isEqualTo(10);
    assertThat(policy.steerPriority(BAKYT, GATE)).isZero();
  }

  @Test
  void listsPagesOfOnesCameras() {
    give(
        assignment(AIDA, "operator", SOUTH, null, null),
        assignment(AIDA, "operator", SCHOOL, null, null),
        assignment(BAKYT, "operator", UnitId.ROOT, null, null));
    assertThat(policy.cameras(AIDA, Right.VIEW_LIVE, null, 10)).containsExactly(GATE, YARD);
    assertThat(policy.cameras(AIDA, Right.VIEW_LIVE, null, 1)).containsExactly(GATE);
    assertThat(policy.cameras(AIDA, Right.VIEW_LIVE, GATE, 1)).containsExactly(YARD);
    assertThat(policy.cameras(AIDA, Right.VIEW_LIVE, YARD, 1)).isEmpty();
    assertThat(policy.cameras(AIDA, Right.TALK, null, 10)).isEmpty();
    assertThat(policy.cameras(BAKYT, Right.VIEW_LIVE, null, 10)).containsExactly(GATE, LOOSE, YARD);
    policy.removeCamera(LOOSE);
    assertThat(policy.cameras(BAKYT, Right.VIEW_LIVE, null, 10)).containsExactly(GATE, YARD);
  }

  @Test
  void anAssignmentOfARoleThatIsNotThereAllowsNothing() {
    policy.setAssignments(List.of(), List.of(assignment(AIDA, "operator", NORTH, null, null)));
    assertThat(policy.allowsSomewhere(AIDA, Right.VIEW_LIVE)).isFalse();
  }

  @Test
  void tellsOfChangesOnce() throws Exception {
    AtomicInteger told = new AtomicInteger();
    AutoCloseable listening = policy.onChange(told::incrementAndGet);
    policy.tellChanges();
    assertThat(told).hasValue(1);
    fill();
    policy.putCamera(YARD, SCHOOL);
    policy.removeCamera(new CameraId("nobody"));
    policy.tellChanges();
    assertThat(told).hasValue(1);
    give(assignment(AIDA, "operator", NORTH, NOON.plusSeconds(10), null));
    policy.putCamera(YARD, SOUTH);
    policy.tellChanges();
    policy.tellChanges();
    assertThat(told).hasValue(2);
    clock.advance(Duration.ofSeconds(9));
    policy.tellChanges();
    assertThat(told).hasValue(2);
    clock.advance(Duration.ofSeconds(1));
    policy.tellChanges();
    policy.tellChanges();
    assertThat(told).hasValue(3);
    clock.step(Duration.ofSeconds(-1));
    policy.tellChanges();
    assertThat(told).hasValue(4);
    listening.close();
    policy.removeCamera(YARD);
    policy.tellChanges();
    assertThat(told).hasValue(4);
  }

  @Test
  void aListenerThatFailsKeepsItFromNobody() throws Exception {
    AtomicInteger told = new AtomicInteger();
    try (AutoCloseable first =
            policy.onChange(
                () -> {
                  throw new IllegalStateException("broken");
                });
        AutoCloseable second = policy.onChange(told::incrementAndGet)) {
      assertThat(List.of(first, second)).hasSize(2);
      assertThatThrownBy(policy::tellChanges).hasMessage("broken");
    }
    assertThat(told).hasValue(1);
  }

  @Test
  void recordingsOfChildrenTakeTwoPeople() {
    for (SiteClass siteClass : SiteClass.values()) {
      policy.setSites(Map.of(SCHOOL, siteClass));
      boolean children = siteClass == SiteClass.SCHOOL || siteClass == SiteClass.KINDERGARTEN;
      assertThat(policy.needsApproval(Right.EXPORT, YARD)).as("%s", siteClass).isEqualTo(children);
    }
    policy.putSite(SCHOOL, SiteClass.SCHOOL);
    assertThat(policy.needsApproval(Right.VIEW_ARCHIVE, YARD)).isFalse();
    assertThat(policy.needsApproval(Right.EXPORT, GATE)).isFalse();
    assertThat(policy.needsApproval(Right.EXPORT, LOOSE)).isFalse();
    policy.putCamera(GATE, SCHOOL);
    assertThat(policy.needsApproval(Right.EXPORT, GATE)).isTrue();
    policy.removeUnit(SCHOOL);
    assertThat(policy.needsApproval(Right.EXPORT, GATE)).isFalse();
  }

  @Test
  void builtInRolesDivideTheWork() {
    assertThat(BuiltInRoles.ALL).extracting(Role::name).doesNotHaveDuplicates();
    assertThat(BuiltInRoles.ADMINISTRATOR.rights())
        .contains(Right.MANAGE_PEOPLE)
        .doesNotContain(Right.AUDIT);
    assertThat(BuiltInRoles.AUDITOR.rights()).isEqualTo(Set.of(Right.AUDIT, Right.VIEW_ARCHIVE));
  }

  private void give(RoleAssignment... assignments) {
    policy.setAssignments(BuiltInRoles.ALL, List.of(assignments));
  }

  private static RoleAssignment assignment(
      AccountId account,
      String role,
      UnitId unit,
      @Nullable Instant from,
      @Nullable Instant until) {
    return new RoleAssignment(1, account, role, unit, from, until, false);
  }
}
