package kg.sakchy.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.access.MediaTokens;
import kg.sakchy.core.auth.HttpAuthenticator;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.gateway.server.access.AccessPolicy;
import kg.sakchy.gateway.server.access.Viewers;
import kg.sakchy.media.rtsp.ClockRange;
import kg.sakchy.media.rtsp.RtspResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is served, where being on this machine is not enough. */
class ServerAccessTest {
  private static final CameraId GATE = new CameraId("gate");
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Credentials GUARD = new Credentials("guard", "s\"e:cret");
  @RegisterExtension final ServerExtension it = new ServerExtension();
  private final MediaTokens tokens = new MediaTokens(new byte[32], VmsClock.system());

  private static final Viewers VIEWERS =
      new Viewers() {
        @Override
        public Optional<Credentials> find(String user) {
          return user.equals(GUARD.user()) ? Optional.of(GUARD) : Optional.empty();
        }

        @Override
        public boolean maySee(String user, CameraId camera) {
          return camera.equals(GATE);
        }
      };

  @BeforeEach
  void serve() {
    it.camera("gate");
    it.camera("vault");
    RecordedClip.H264.record(it.archive(), StreamId.main(GATE), START, 2);
    it.start(ServerExtension.LIMITS, new AccessPolicy(tokens, VIEWERS, false), null);
  }

  private String token(boolean live, @Nullable TimeRange archive, Duration validity) {
    return tokens.issue(new MediaGrant(GATE, live, archive, Instant.now().plus(validity)));
  }

  private RtspViewer viewer(String path, String token) throws Exception {
    return new RtspViewer(it.address(path) + "?token=" + token);
  }

  private static int describe(RtspViewer viewer, String uri) throws Exception {
    return viewer.request("DESCRIBE", uri).status();
  }

  @Test
  void nobodyIsServedWithoutProof() throws Exception {
    try (RtspViewer viewer = it.viewer("gate/main")) {
      RtspViewer.expect(200, viewer.request("OPTIONS", viewer.base()));
      for (String method : new String[] {"DESCRIBE", "SETUP", "PLAY"}) {
        RtspResponse response = viewer.request(method, viewer.base());
        RtspViewer.expect(401, response);
        assertThat(response.headers().get("WWW-Authenticate")).startsWith("Digest realm=");
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
      RtspViewer.expect(401, viewer.request("DESCRIBE", it.address("vault/main")));
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
            .issue(new MediaGrant(GATE, true, null, Instant.now().plusSeconds(60)));
    String altered = (good.charAt(0) == 'A' ? "B" : "A") + good.substring(1);
    for (String bad :
        new String[] {
          token(true, null, Duration.ofMinutes(-1)), foreign, altered, "", ".", "x".repeat(600)
        }) {
      try (RtspViewer viewer = viewer("gate/main", bad)) {
        assertThat(describe(viewer, it.address("gate/main") + "?token=" + bad)).isEqualTo(401);
      }
    }
    try (RtspViewer viewer = viewer("vault/main", good)) {
      assertThat(describe(viewer, it.address("vault/main") + "?token=" + good)).isEqualTo(403);
    }
  }

  @Test
  void aTokenThatExpiresBeginsNothingMore() throws Exception {
    try (RtspViewer viewer = viewer("gate/main", token(true, null, Duration.ofSeconds(2)))) {
      viewer.setUp(1);
      RtspViewer.expect(200, viewer.play());
      RtspViewer.expect(200, viewer.request("PAUSE", viewer.base()));
      viewer.forgetFrames();
      Eventually.holds("it expires", () -> status(viewer) == 401);
    }
  }

  private static int status(RtspViewer viewer) {
    try {
      viewer.forgetFrames();
      return viewer.request("DESCRIBE", viewer.base()).status();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aViewerProvesToKnowThePassword() throws Exception {
    try (RtspViewer viewer = it.viewer("gate/main")) {
      assertThat(proven(viewer, GUARD, "DESCRIBE", viewer.base()).status()).isEqualTo(200);
      assertThat(proven(viewer, GUARD, "DESCRIBE", it.address("vault/main")).status())
          .isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"guard", "nobody", ""})
  void wrongPasswordsAreRefusedAndTheirNumberIsLimited(String user) throws Exception {
    try (RtspViewer viewer = it.viewer("gate/main")) {
      for (int i = 0; i < 5; i++) {
        assertThat(
                proven(viewer, new Credentials(user, "wrong"), "DESCRIBE", viewer.base()).status())
            .isEqualTo(401);
      }
      viewer.awaitClosed();
    }
  }

  private static RtspResponse proven(
      RtspViewer viewer, Credentials credentials, String method, String uri) throws Exception {
    HttpAuthenticator authenticator = new HttpAuthenticator(credentials);
    RtspResponse challenged = viewer.request(method, uri);
    authenticator.challenge(challenged.headers().all("WWW-Authenticate"));
    String proof = authenticator.authorization(method, uri);
    return viewer.request(method, uri, "Authorization", proof == null ? "" : proof);
  }
}
