package kg.sakchy.web.whep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.InMemoryAuditLog;
import kg.sakchy.core.InMemoryCameraDirectory;
import kg.sakchy.core.SamplePeople;
import kg.sakchy.core.access.Authentication;
import kg.sakchy.core.access.MediaAccess;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.access.MediaTokens;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.audit.LastingActs;
import kg.sakchy.core.audit.RefusedActs;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamName;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.live.PlayableCodecs;
import kg.sakchy.core.live.WebRtcViews;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.web.access.MediaRights;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Client;
import kg.sakchy.web.http.HttpFault;
import kg.sakchy.web.http.Problem;
import kg.sakchy.web.http.Words;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WhepOperationsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final CameraId GATE = new CameraId("gate");

  @AfterEach
  void close() {
    acts.close();
    refused.close();
  }

  private static final AccountId ROOT = new AccountId(SamplePeople.ROOT);

  private final FakeClock clock = new FakeClock(NOW);
  private final MediaTokens tokens = new MediaTokens(new byte[32], clock);
  private final SamplePeople people = new SamplePeople(new InMemoryCameraDirectory(), clock);
  private final List<StreamId> opened = new ArrayList<>();
  private final List<BooleanSupplier> permissions = new ArrayList<>();
  private final InMemoryAuditLog audit = new InMemoryAuditLog();
  private final LastingActs acts = new LastingActs(audit, clock);
  private final RefusedActs refused = new RefusedActs(audit, clock);
  private final WhepOperations whep =
      new WhepOperations(
          new Views(),
          new Sessions(),
          new MediaRights(new MediaAccess(people.policy(), tokens, clock), refused),
          acts);

  private Call call(String contentType, String body, Map<String, String> query) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("Content-Type", contentType);
    return new Call(
        Map.of("id", "gate", "session", body),
        query,
        headers,
        new JsonObject(),
        Bytes.copyOf(body.getBytes(StandardCharsets.UTF_8)),
        new Client(
            "127.0.0.1", false, new Authentication.Nothing(), people.presence(SamplePeople.ROOT)),
        Words.EN);
  }

  @Test
  void anOfferIsAnsweredWithTheAddressOfTheSession() {
    Answer.Content answer =
        (Answer.Content) whep.start(call("application/sdp; charset=utf-8", "offer", Map.of()));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.headers())
        .containsEntry("Content-Type", "application/sdp")
        .containsEntry("Location", "/api/v1/cameras/gate/whep/name")
        .containsEntry("Sakchy-Delivery", "sub-stream");
    assertThat(answer.body().toString(StandardCharsets.UTF_8)).isEqualTo("answer to offer");
    assertThat(opened).containsExactly(StreamId.main(GATE));
  }

  @Test
  void theSubStreamIsShownToWhoAsksForIt() {
    whep.start(call("application/sdp", "offer", Map.of("stream", "sub")));
    assertThat(opened).containsExactly(new StreamId(GATE, StreamName.SUB));
  }

  @Test
  void aTokensRightEndsTheSessionWithIt() {
    Instant until = NOW.plus(Duration.ofMinutes(5));
    String live = tokens.issue(new MediaGrant(GATE, true, null, until, ROOT));
    whep.start(call("application/sdp", "offer", Map.of("token", live)));
    assertThat(permissions.getFirst().getAsBoolean()).isTrue();
    clock.advance(Duration.ofMinutes(5));
    assertThat(permissions.getFirst().getAsBoolean()).isFalse();
    clock.advance(Duration.ofMinutes(-5));
    String other = tokens.issue(new MediaGrant(new CameraId("yard"), true, null, until, ROOT));
    assertThatThrownBy(() -> whep.start(call("application/sdp", "offer", Map.of("token", other))))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PERMISSION_DENIED));
    assertThat(opened).hasSize(1);
  }

  @Test
  void anythingElseThanSdpIsRefusedBeforeACameraIsAsked() {
    Problem problem = (Problem) whep.start(call("application/json", "{}", Map.of()));
    assertThat(problem.fault()).isEqualTo(HttpFault.UNSUPPORTED_MEDIA_TYPE);
    assertThat(problem.headers()).containsEntry("Accept-Post", "application/sdp");
    Problem tooLong = (Problem) whep.start(call("application/sdp", "x".repeat(65_537), Map.of()));
    assertThat(tooLong.fault()).isEqualTo(HttpFault.CONTENT_TOO_LARGE);
    assertThat(opened).isEmpty();
  }

  @Test
  void aSessionIsEndedByItsNameOnce() {
    assertThat(whep.end(call("", "name", Map.of())).status()).isEqualTo(204);
    assertThatThrownBy(() -> whep.end(call("", "other", Map.of())))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND));
  }

  @Test
  void optionsTellWhatAnOfferIs() {
    assertThat(whep.options(call("", "", new HashMap<>())).headers())
        .containsEntry("Accept-Post", "application/sdp");
  }

  private final class Views implements LiveViews {
    @Override
    public LiveView open(StreamId id) {
      throw new AssertionError("what the player can play counts");
    }

    @Override
    public LiveView open(StreamId id, PlayableCodecs playable) {
      opened.add(id);
      return new LiveView() {
        @Override
        public LiveStream stream() {
          throw new AssertionError("nobody here looks at the stream");
        }

        @Override
        public Delivery delivery() {
          return Delivery.SUB_STREAM;
        }

        @Override
        public void close() {
          // the sessions' work
        }
      };
    }
  }

  private final class Sessions implements WebRtcViews {
    @Override
    public Answer answer(
        LiveViews.LiveView view, String client, String offer, BooleanSupplier allowed) {
      permissions.add(allowed);
      return new Answer("name", "answer to " + offer);
    }

    @Override
    public boolean end(String session) {
      return session.equals("name");
    }
  }
}
