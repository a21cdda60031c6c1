package kg.sakchy.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.access.MediaTokens;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.access.Role;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.media.rtsp.ClockRange;
import kg.sakchy.media.rtsp.RtspResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is served: nobody without a right, also on this machine; and no longer than it lasts. */
class ServerAccessTest {
  private static final String MAKER = "maker";
  private static final CameraId GATE = new CameraId("gate");
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  @RegisterExtension final ServerExtension it = new ServerExtension();

  @BeforeEach
  void serve() {
    it.camera("gate");
    it.camera("vault");
    RecordedClip.H264.record(it.archive(), StreamId.main(GATE), START, 2);
    it.people().put("gate", it.people().northSchool());
    it.people().put("vault", it.people().southSchool());
    Set<Right> rights = Set.of(Right.VIEW_LIVE, Right.VIEW_ARCHIVE);
    it.people().give(MAKER, it.people().north(), rights);
    it.people().give("guard", it.people().north(), rights);
    it.start();
  }

  private String token(boolean live, @Nullable TimeRange archive, Duration validity) {
    return it.token(MAKER, "gate", live, archive, validity);
  }

  private RtspViewer viewer(String path, String token) throws IOException {
    return new RtspViewer(it.plainAddress(path) + "?token=" + token);
  }

  private RtspViewer guard(String path) throws IOException {
    return new RtspViewer(it.address("guard", path));
  }

  @Test
  void nobodyIsServedWithoutProof() throws Exception {
    try (RtspViewer viewer = new RtspViewer(it.plainAddress("gate/main"))) {
      RtspViewer.expect(200, viewer.request("OPTIONS", viewer.base()));
      for (String method : new String[] {"DESCRIBE", "SETUP", "PLAY"}) {
        RtspResponse response = viewer.request(method, viewer.base());
        RtspViewer.expect(401, response);
        assertThat(response.headers().get("WWW-Authenticate")).startsWith("Basic realm=");
      }
    }
  }

  @Test
  void aTokenForTheLivePictureIsGoodForThatAlone() throws Exception {
    try (RtspViewer viewer = viewer("gate/main", token(true, null, Duration.ofMinutes(1)))) {
      viewer.setUp(1);
      RtspViewer.expect(403, viewer.play("Range", new ClockRange(START, null).format()));
      RtspViewer.expect(200, viewer.play());
      viewer.packet(0);
      RtspViewer.expect(401, viewer.request("DESCRIBE", it.plainAddress("vault/main")));
    }
  }

  @Test
  void aTokenForARangeIsGoodForItsParts() throws Exception {
    TimeRange range = new TimeRange(START.plusSeconds(1), START.plusSeconds(3));
    try (RtspViewer viewer = viewer("gate/main", token(false, range, Duration.ofMinutes(1)))) {
      viewer.setUp(1);
      RtspViewer.expect(403, viewer.play());
      RtspViewer.expect(403, play(viewer, START, START.plusSeconds(2)));
      RtspViewer.expect(403, play(viewer, START.plusSeconds(2), START.plusSeconds(4)));
      RtspViewer.expect(200, play(viewer, START.plusSeconds(1), START.plusSeconds(2)));
      RtspResponse open = play(viewer, START.plusSeconds(2), null);
      RtspViewer.expect(200, open);
      assertThat(open.headers().get("Range"))
          .isEqualTo(new ClockRange(START.plusSeconds(2), range.end()).format());
    }
  }

  private static RtspResponse play(RtspViewer viewer, Instant start, @Nullable Instant end)
      throws Exception {
    viewer.forgetFrames();
    return viewer.play("Range", new ClockRange(start, end).format(), "Rate-Control", "no");
  }

  @Test
  void expiredForeignAndAlteredTokensAreWorthNothing() throws Exception {
    String good = token(true, null, Duration.ofMinutes(1));
    byte[] key = new byte[32];
    key[0] = 1;
    String foreign =
        new MediaTokens(key, VmsClock.system())
            .issue(
                new MediaGrant(
                    GATE, true, null, Instant.now().plusSeconds(60), new AccountId(MAKER)));
    String altered = (good.charAt(0) == 'A' ? "B" : "A") + good.substring(1);
    for (String bad :
        new String[] {
          token(true, null, Duration.ofMinutes(-1)), foreign, altered, "", ".", "x".repeat(600)
        }) {
      assertThat(describe("gate/main", bad)).isEqualTo(401);
    }
    assertThat(describe("vault/main", good)).isEqualTo(403);
    assertThat(describe("gate/main", good)).isEqualTo(200);
  }

  private int describe(String path, String token) throws IOException {
    try (RtspViewer viewer = viewer(path, token)) {
      return viewer.request("DESCRIBE", it.plainAddress(path) + "?token=" + token).status();
    }
  }

  @Test
  void aTokenIsWorthNoMoreThanItsMaker() throws Exception {
    Duration minute = Duration.ofMinutes(1);
    TimeRange range = new TimeRange(START, START.plusSeconds(60));
    assertThat(describe("vault/main", it.token(MAKER, "vault", true, range, minute)))
        .as("what he may not see himself")
        .isEqualTo(403);
    assertThat(describe("gate/main", it.token("nobody", "gate", true, range, minute)))
        .isEqualTo(403);
    String token = token(true, range, minute);
    assertThat(describe("gate/main", token)).isEqualTo(200);
    it.people().disable(MAKER);
    assertThat(describe("gate/main", token)).isEqualTo(403);
  }

  @Test
  void whoProvesANameAndPasswordSeesHisOwn() throws Exception {
    try (RtspViewer viewer = guard("gate/main").setUp(1)) {
      RtspViewer.expect(200, viewer.play());
      viewer.packet(0);
      assertThat(status(viewer, "vault/main")).as("as if there were none").isEqualTo(404);
      assertThat(status(viewer, "nobody/main")).isEqualTo(404);
    }
  }

  private int status(RtspViewer viewer, String path) throws IOException {
    viewer.forgetFrames();
    return viewer.request("DESCRIBE", it.plainAddress(path)).status();
  }

  @Test
  void theDepthOfARoleLimitsTheArchive() throws Exception {
    it.people()
        .give(
            "short",
            it.people().north(),
            new Role("short", Set.of(Right.VIEW_ARCHIVE), Duration.ofDays(1), 0));
    try (RtspViewer viewer = new RtspViewer(it.address("short", "gate/main")).setUp(1)) {
      RtspViewer.expect(403, viewer.play());
      RtspViewer.expect(403, play(viewer, START, START.plusSeconds(2)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"guard:wrong", "nobody:nobody", ":", "guard", "\u0000:\u0000"})
  void wrongPasswordsAreRefusedAndTheirNumberIsLimited(String pair) throws Exception {
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    try (RtspViewer viewer = new RtspViewer(it.plainAddress("gate/main"))) {
      for (int i = 0; i < 5; i++) {
        RtspViewer.expect(401, viewer.request("DESCRIBE", viewer.base(), "Authorization", basic));
      }
      viewer.awaitClosed();
    }
  }

  /** How a right ends that something is played by. */
  enum End {
    ROLE_REMOVED {
      @Override
      void happens(ServerAccessTest test) {
        test.it.people().takeRoles("guard");
      }
    },
    ACCOUNT_DISABLED {
      @Override
      void happens(ServerAccessTest test) {
        test.it.people().disable("guard");
      }
    },
    SIGNED_OUT {
      @Override
      void happens(ServerAccessTest test) {
        test.it.people().signOut("guard");
      }
    },
    CAMERA_MOVED {
      @Override
      void happens(ServerAccessTest test) {
        test.it.people().put("gate", test.it.people().southSchool());
      }
    };

    abstract void happens(ServerAccessTest test);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsPlayedEndsWithTheRight(End end) throws Exception {
    try (RtspViewer live = guard("gate/main").setUp(1);
        RtspViewer recorded = guard("gate/main").setUp(1)) {
      RtspViewer.expect(200, live.play());
      live.packet(0);
      RtspViewer.expect(200, recorded.play("Range", new ClockRange(START, null).format()));
      recorded.packet(0);
      requireSoon(
          () -> {
            end.happens(this);
            live.awaitClosed();
            recorded.awaitClosed();
          });
    }
  }

  @Test
  void whatATokenPlaysEndsWithItAndWithItsMaker() throws Exception {
    try (RtspViewer brief = viewer("gate/main", token(true, null, Duration.ofSeconds(3))).setUp(1);
        RtspViewer lasting =
            viewer("gate/main", token(true, null, Duration.ofMinutes(1))).setUp(1)) {
      RtspViewer.expect(200, brief.play());
      RtspViewer.expect(200, lasting.play());
      brief.packet(0);
      brief.awaitClosed();
      lasting.packet(0);
      requireSoon(
          () -> {
            it.people().disable(MAKER);
            lasting.awaitClosed();
          });
    }
  }

  /** Something that must be over within five seconds. */
  private static void requireSoon(ThrowingRunnable what) throws Exception {
    long began = System.nanoTime();
    what.run();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
  }

  /** Waits, and may fail. */
  private interface ThrowingRunnable {
    void run() throws Exception;
  }
}
