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
 * Gives out media tokens: for no more than who asks may see himself. A token gives no right to
 * others. The camera need not be registered any more: recordings outlive it.
 */
public final class MediaTokenOperation implements Operation {
  /** Longest a token may live; the contract checks it. */
  private static final Duration LONGEST = Duration.ofHours(12);

  private static final Duration USUAL = Duration.ofHours(1);

  private final MediaTokens tokens;
  private final MediaRights rights;
  private final VmsClock clock;

  public MediaTokenOperation(MediaTokens tokens, MediaRights rights, VmsClock clock) {
    this.tokens = tokens;
    this.rights = rights;
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
    boolean wantsLive = body.getBoolean("live", false);
    TimeRange wanted = archive(body.getJsonObject("archive"), expires);
    if (!wantsLive && wanted == null) {
      throw invalid("/live", "a token needs a right: live, archive, or both");
    }
    MediaGrant own = rights.of(call);
    boolean live = wantsLive && own.live();
    TimeRange archive = common(wanted, own.archive());
    MediaGrant grant = new MediaGrant(call.camera(), live, archive, expires, own.account());
    if (grant.isEmpty()) {
      throw new VmsException(
          ErrorKind.PERMISSION_DENIED, "a token gives no more than its maker may see himself");
    }
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

  private static @Nullable TimeRange common(@Nullable TimeRange wanted, @Nullable TimeRange own) {
    return wanted == null || own == null ? null : wanted.intersection(own).orElse(null);
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
