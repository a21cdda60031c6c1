package kg.sakchy.web.audit;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.LastingAct;
import kg.sakchy.core.audit.LastingActs;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.media.hls.MediaName;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Operation;
import kg.sakchy.web.http.Rfc3339;
import org.jspecify.annotations.Nullable;

/**
 * Records who is given pictures by requests. The answer is made first, so that only what may be
 * seen is recorded, and sent only when it is: many requests of a player are one act.
 */
final class WatchedPictures {
  private final LastingActs acts;
  private final Actors actors;
  private final VmsClock clock;

  /**
   * What a request brings.
   *
   * @param delivered stretch of UTC, or null when it is the present
   */
  private record Seen(AuditAction action, String way, @Nullable TimeRange delivered) {}

  /** Says what a request brings; empty when it is no picture. */
  @FunctionalInterface
  private interface Look {
    Optional<Seen> at(Call call, Answer answer);
  }

  WatchedPictures(LastingActs acts, Actors actors, VmsClock clock) {
    this.acts = acts;
    this.actors = actors;
    this.clock = clock;
  }

  /** The same operations; those that bring pictures recorded. */
  Map<String, Operation> over(Map<String, Operation> operations) {
    Map<String, Operation> watched = new HashMap<>(operations);
    watched.computeIfPresent("getHlsMedia", (id, one) -> recorded(one, WatchedPictures::hls));
    watched.computeIfPresent("getVideo", (id, one) -> recorded(one, WatchedPictures::video));
    watched.computeIfPresent("getSnapshot", (id, one) -> recorded(one, this::snapshot));
    watched.computeIfPresent("getPreviewSheet", (id, one) -> recorded(one, WatchedPictures::sheet));
    watched.computeIfPresent("sendPtzCommand", (id, one) -> steered(one));
    return watched;
  }

  private Operation recorded(Operation operation, Look look) {
    return call -> {
      Answer answer = operation.answer(call);
      look.at(call, answer)
          .ifPresent(
              seen -> acts.request(lasting(call, seen.action(), seen.way()), seen.delivered()));
      return answer;
    };
  }

  /** A command moves the camera, so it is recorded before. */
  private Operation steered(Operation operation) {
    return call -> {
      acts.request(lasting(call, AuditAction.STEER, "command"), null);
      return operation.answer(call);
    };
  }

  private LastingAct lasting(Call call, AuditAction action, String way) {
    return new LastingAct(actors.of(call), action, call.camera(), way);
  }

  private static Optional<Seen> hls(Call call, Answer answer) {
    return MediaName.parse(call.path().getOrDefault("file", ""))
        .flatMap(
            name ->
                switch (name) {
                  case MediaName.Init init -> Optional.empty();
                  case MediaName.Part part ->
                      Optional.of(new Seen(AuditAction.VIEW_LIVE, "hls", null));
                  case MediaName.Whole whole ->
                      Optional.of(
                          new Seen(AuditAction.VIEW_ARCHIVE, "hls", whole.segment().range()));
                });
  }

  private static Optional<Seen> video(Call call, Answer answer) {
    String from = answer.headers().get("Sakchy-From");
    String to = answer.headers().get("Sakchy-To");
    return answer instanceof Answer.Download && from != null && to != null
        ? Optional.of(
            new Seen(
                AuditAction.EXPORT, "mp4", new TimeRange(Rfc3339.parse(from), Rfc3339.parse(to))))
        : Optional.empty();
  }

  private Optional<Seen> snapshot(Call call, Answer answer) {
    Instant asked = call.moment("at");
    Instant at = asked == null ? clock.now() : asked;
    return Optional.of(
        new Seen(AuditAction.VIEW_ARCHIVE, "snapshot", new TimeRange(at, at.plusMillis(1))));
  }

  private static Optional<Seen> sheet(Call call, Answer answer) {
    return Optional.of(new Seen(AuditAction.VIEW_ARCHIVE, "previews", null));
  }
}
