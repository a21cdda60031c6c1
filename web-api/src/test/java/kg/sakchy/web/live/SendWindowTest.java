package kg.sakchy.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SendWindowTest {
  private static final long SECOND = 90_000;

  @Test
  void tenSecondsAreSentAhead() {
    SendWindow window = new SendWindow(1);
    for (int i = 0; i < 10; i++) {
      assertThat(window.hasRoom(0)).isTrue();
      window.sent(i * SECOND, (i + 1) * SECOND, 1_000);
    }
    assertThat(window.hasRoom(0)).isFalse();
    assertThat(window.isOverfull(0)).isFalse();
    assertThat(window.hasRoom(SECOND)).isTrue();
  }

  @Test
  void fastPlayersGetMoreTimeAndNoMoreBytes() {
    SendWindow window = new SendWindow(4);
    window.sent(0, 20 * SECOND, 1_000);
    assertThat(window.hasRoom(0)).isTrue();
    window.sent(20 * SECOND, 21 * SECOND, 8 << 20);
    assertThat(window.hasRoom(0)).isFalse();
    assertThat(window.hasRoom(21 * SECOND)).isTrue();
  }

  @Test
  void aClientAheadOfEverythingGetsTheNext() {
    SendWindow window = new SendWindow(1);
    window.sent(0, SECOND, 9 << 20);
    assertThat(window.hasRoom(Long.MAX_VALUE)).isTrue();
  }
}
