package kg.sakchy.web.access;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.access.MediaTokens;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Operation;
import kg.sakchy.web.http.Problem;
import kg.sakchy.web.http.Rfc3339;
import org.jspecify.annotations.Nullable;

/**
 * Gives out media tokens. Only the operator at this machine may ask; a token gives no right to
 * others. The camera need not be registered any more: recordings outlive it.
 */
public final class MediaTokenOperation implements Operation {
  /** Longest a token may live; the contract checks it. */
  private static final Duration LONGEST = Duration.ofHours(12);

  private static final Duration USUAL = Duration.ofHours(1);

  private final MediaTokens tokens;
  private final VmsClock clock;

  public MediaTokenOperation(MediaTokens tokens, VmsClock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  public Answer answer(Call call) {
    JsonObject body = call.body();
    Duration lifetime = Duration.ofSeconds(body.getLong("lifetimeSeconds", USUAL.toSeconds()));
    if (lifetime.compareTo(LONGEST) > 0) {
      throw invalid("/lifetimeSeconds", "a token may live 12 hours at most");
    }
    Instant expires = Instant.ofEpochMilli(clock.now().plus(lifetime).toEpochMilli());
    boolean live = body.getBoolean("live", false);
    TimeRange archive = archive(body.getJsonObject("archive"), expires);
    if (!live && archive == null) {
      throw invalid("/live", "a token needs a right: live, archive, or both");
    }
    MediaGrant grant = new MediaGrant(call.camera(), live, archive, expires);
    return Answer.json(
        new JsonObject()
            .put("token", tokens.issue(grant))
            .put("camera", grant.camera().value())
            .put("live", live)
            .put("archive", archive == null ? null : json(archive))
            .put("expires", Rfc3339.format(expires)));
  }

  private static @Nullable TimeRange archive(@Nullable JsonObject asked, Instant expires) {
    if (asked == null) {
      return null;
    }
    Instant from = moment(asked, "from");
    Instant to = asked.getString("to") == null ? expires : moment(asked, "to");
    if (!from.isBefore(to)) {
      throw invalid("/archive/to", "the range must end after it begins: " + from + " to " + to);
    }
    return new TimeRange(from, to);
  }

  /** Tokens know milliseconds: what is finer is cut off, at both ends alike. */
  private static Instant moment(JsonObject asked, String field) {
    try {
      return Instant.ofEpochMilli(Rfc3339.parse(asked.getString(field)).toEpochMilli());
    } catch (VmsException e) {
      throw invalid("/archive/" + field, field + " is " + e.getMessage());
    }
  }

  private static JsonObject json(TimeRange range) {
    return new JsonObject()
        .put("from", Rfc3339.format(range.start()))
        .put("to", Rfc3339.format(range.end()));
  }

  private static VmsException invalid(String pointer, String message) {
    return new VmsException(ErrorKind.INVALID_ARGUMENT, message).with(Problem.FIELD, pointer);
  }
}
