package kg.sakchy.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.TimeRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTokensTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final AccountId MAKER = new AccountId("b.asanova-2");
  private static final CameraId SCHOOL = new CameraId("school-7");
  private static final TimeRange MORNING =
      new TimeRange(NOON.minus(Duration.ofHours(3)), NOON.minus(Duration.ofHours(1)));

  private final FakeClock clock = new FakeClock(NOON);
  private final MediaTokens tokens = new MediaTokens(key(1), clock);

  private static byte[] key(int seed) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) seed);
    return key;
  }

  private static MediaGrant grant() {
    return new MediaGrant(SCHOOL, true, MORNING, NOON.plusSeconds(60), MAKER);
  }

  @Test
  void whatIsIssuedIsRead() {
    MediaGrant liveOnly = new MediaGrant(SCHOOL, true, null, NOON.plusSeconds(60), MAKER);
    assertThat(tokens.verify(tokens.issue(grant()))).isEqualTo(grant());
    assertThat(tokens.verify(tokens.issue(liveOnly))).isEqualTo(liveOnly);
  }

  @Test
  void isSafeInAnAddress() {
    assertThat(tokens.issue(grant())).matches("[A-Za-z0-9_.-]{40,300}");
  }

  @Test
  void covers() {
    MediaGrant grant = grant();
    CameraId other = new CameraId("school-8");
    Instant start = MORNING.start();
    assertThat(grant.allowsLive(SCHOOL)).isTrue();
    assertThat(grant.allowsLive(other)).isFalse();
    assertThat(grant.allows(SCHOOL, MORNING)).isTrue();
    assertThat(grant.allows(other, MORNING)).isFalse();
    assertThat(grant.allows(SCHOOL, new TimeRange(start.minusMillis(1), start.plusSeconds(1))))
        .isFalse();
    assertThat(grant.allows(SCHOOL, new TimeRange(start, MORNING.end().plusMillis(1)))).isFalse();
  }

  @Test
  void anExpiredTokenIsRefused() {
    String token = tokens.issue(grant());
    clock.advance(Duration.ofSeconds(60));
    refused(token, "expired");
  }

  @Test
  void aForeignTokenIsRefused() {
    refused(new MediaTokens(key(2), clock).issue(grant()), "not of this server");
  }

  @Test
  void everyAlteredCharacterIsNoticed() {
    String token = tokens.issue(grant());
    for (int i = 0; i < token.length() - 1; i++) { // the last one holds two unused bits
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String altered = token.substring(0, i) + other + token.substring(i + 1);
      assertThatThrownBy(() -> tokens.verify(altered))
          .isInstanceOfSatisfying(
              VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAUTHENTICATED));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a", "a.b", "%%%.%%%", "AAAA.AAAA.AAAA"})
  void nonsenseIsRefused(String token) {
    refused(token, "");
  }

  @Test
  void anEndlessTokenIsRefused() {
    refused("A".repeat(100_000) + ".A", "malformed");
  }

  private void refused(String token, String words) {
    assertThatThrownBy(() -> tokens.verify(token))
        .isInstanceOfSatisfying(
            VmsException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.UNAUTHENTICATED);
              assertThat(e.getMessage()).contains(words);
            });
  }
}
