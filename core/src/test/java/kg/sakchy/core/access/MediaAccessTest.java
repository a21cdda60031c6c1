package kg.sakchy.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.InMemoryCameraDirectory;
import kg.sakchy.core.SamplePeople;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.time.TimeRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MediaAccessTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final CameraId GATE = new CameraId("gate"); // belongs to the top
  private static final TimeRange DAY = new TimeRange(NOON.minus(Duration.ofDays(1)), NOON);
  private final FakeClock clock = new FakeClock(NOON);
  private final SamplePeople people = new SamplePeople(new InMemoryCameraDirectory(), clock);
  private final MediaTokens tokens = new MediaTokens(new byte[32], clock);
  private final MediaAccess access = new MediaAccess(people.policy(), tokens, clock);

  private AccountId give(String account, @Nullable Duration depth, Right... rights) {
    return people.give(account, UnitId.ROOT, new Role(account, Set.of(rights), depth, 0));
  }

  private String token(AccountId maker) {
    return tokens.issue(new MediaGrant(GATE, true, DAY, NOON.plusSeconds(60), maker));
  }

  @Test
  void whoCameInSeesWhatThePolicyAllows() {
    give("guard", Duration.ofHours(1), Right.VIEW_ARCHIVE, Right.EXPORT);
    MediaRight right = access.of(people.presence("guard"), GATE);
    assertThat(right.now().live()).isFalse();
    assertThat(right.now().archive())
        .isEqualTo(new TimeRange(NOON.minusSeconds(3_600), MediaGrant.EVER.end()));
    assertThat(right.now().isOpenEnded()).isTrue();
    assertThat(right.allowsExport(new TimeRange(NOON.minusSeconds(60), NOON))).isTrue();
    assertThat(right.allowsExport(DAY)).isFalse();
    clock.advance(Duration.ofMinutes(10));
    assertThat(right.now().allows(GATE, new TimeRange(NOON.minusSeconds(3_600), NOON)))
        .as("the depth goes with the time")
        .isFalse();
    people.takeRoles("guard");
    assertThat(right.now().isEmpty()).isTrue();
  }

  @Test
  void theScopeOfAKeyLimitsItsHolder() {
    AccountId guard = give("guard", null, Right.VIEW_LIVE, Right.VIEW_ARCHIVE, Right.EXPORT);
    Caller narrow = new Caller(guard, "Guard", "key", Set.of(Right.VIEW_LIVE));
    Presence presence =
        Presence.enter((shown, address) -> narrow, new Authentication.Nothing(), "::1", clock);
    MediaRight right = access.of(presence, GATE);
    assertThat(right.now().live()).isTrue();
    assertThat(right.now().archive()).isNull();
    assertThat(right.allowsExport(DAY)).isFalse();
  }

  @Test
  void aTokenIsNeverWorthMoreThanItsMaker() {
    AccountId maker = give("maker", Duration.ofHours(1), Right.VIEW_ARCHIVE);
    MediaRight right = access.ofToken(token(maker), GATE);
    assertThat(right.now().live()).isFalse();
    assertThat(right.now().archive()).isEqualTo(new TimeRange(NOON.minusSeconds(3_600), NOON));
    assertThat(right.allowsExport(new TimeRange(NOON.minusSeconds(60), NOON))).isFalse();
    people.disable("maker");
    assertThat(right.now().isEmpty()).isTrue();
    assertThat(access.ofToken(token(new AccountId("nobody")), GATE).now().isEmpty()).isTrue();
  }

  @Test
  void aTokenThatExpiresWhileItIsUsedIsWorthNothing() {
    MediaRight right = access.ofToken(token(give("maker", null, Right.VIEW_LIVE)), GATE);
    assertThat(right.now().live()).isTrue();
    clock.advance(Duration.ofSeconds(60));
    assertThat(right.now().isEmpty()).isTrue();
  }

  @Test
  void aTokenIsForOneCamera() {
    String token = token(give("maker", null, Right.VIEW_LIVE));
    assertThatThrownBy(() -> access.ofToken(token, new CameraId("yard")))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PERMISSION_DENIED));
  }
}
