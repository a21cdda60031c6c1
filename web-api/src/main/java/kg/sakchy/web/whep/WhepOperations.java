package kg.sakchy.web.whep;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kg.sakchy.core.access.MediaRight;
import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.LastingAct;
import kg.sakchy.core.audit.LastingActs;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamName;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.live.WebRtcViews;
import kg.sakchy.web.access.MediaRights;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.HttpFault;
import kg.sakchy.web.http.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Begins and ends sessions. An offer comes as {@code application/sdp} and is answered with 201, the
 * answer, and the address of the session, which DELETE ends. The answer holds every candidate there
 * is, so that nothing is left to PATCH: that method is not allowed (RFC 9725 §4.3).
 */
public final class WhepOperations {
  private static final String SDP = "application/sdp";

  private final LiveViews views;
  private final WebRtcViews sessions;
  private final MediaRights rights;
  private final LastingActs acts;

  public WhepOperations(
      LiveViews views, WebRtcViews sessions, MediaRights rights, LastingActs acts) {
    this.acts = acts;
    this.views = views;
    this.sessions = sessions;
    this.rights = rights;
  }

  /** Answers {@code POST}: an offer begins a session. */
  public Answer start(Call call) {
    MediaRight right = rights.requireLive(call);
    if (!isSdp(call.header("Content-Type"))) {
      return new Problem(
          HttpFault.UNSUPPORTED_MEDIA_TYPE,
          "an offer is sent as " + SDP,
          List.of(),
          Map.of("Accept-Post", SDP));
    }
    if (call.upload().size() > WebRtcViews.MAX_OFFER_CHARS) {
      return Problem.of(HttpFault.CONTENT_TOO_LARGE, "an offer is never that long");
    }
    String offer = new String(call.upload().toByteArray(), StandardCharsets.UTF_8);
    LiveViews.LiveView view = open(call);
    WebRtcViews.Answer begun =
        sessions.answer(view, call.client().key(), offer, () -> right.now().live());
    return Answer.of(
        201,
        SDP,
        Map.of(
            "Location",
            "/api/v1/cameras/" + call.camera() + "/whep/" + begun.session() + query(call),
            "Sakchy-Delivery",
            view.delivery().name().toLowerCase(Locale.ROOT).replace('_', '-')),
        Buffer.buffer(begun.description()));
  }

  /** Opens the stream, if it can be recorded who watches. */
  private LiveViews.LiveView open(Call call) {
    LiveViews.LiveView view = views.open(stream(call), WebRtcViews.PLAYABLE);
    try {
      return new WitnessedView(
          view,
          acts.begin(
              new LastingAct(rights.viewer(call), AuditAction.VIEW_LIVE, call.camera(), "whep")));
    } catch (VmsException e) {
      view.close();
      throw e;
    }
  }

  /** Who came with a token ends the session with it, too. */
  private static String query(Call call) {
    String token = call.parameter(MediaRights.PARAMETER);
    return token == null ? "" : "?" + MediaRights.PARAMETER + "=" + token;
  }

  private static boolean isSdp(@Nullable String contentType) {
    return contentType != null
        && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(SDP);
  }

  private static StreamId stream(Call call) {
    boolean sub = "sub".equals(call.parameter("stream"));
    return new StreamId(call.camera(), sub ? StreamName.SUB : StreamName.MAIN);
  }

  /** Answers {@code OPTIONS}: what an offer is sent as. */
  public Answer options(Call call) {
    return Answer.empty(204, Map.of("Allow", "POST, OPTIONS", "Accept-Post", SDP));
  }

  /** Answers {@code DELETE}: whoever knows a session's name may end it. */
  public Answer end(Call call) {
    if (!sessions.end(call.path().getOrDefault("session", ""))) {
      throw new VmsException(ErrorKind.NOT_FOUND, "there is no such session, or it is over");
    }
    return Answer.empty(204, Map.of());
  }
}
