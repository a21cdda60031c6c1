package kg.sakchy.web.live;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kg.sakchy.core.camera.StreamName;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.PlayableCodecs;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.web.http.Problem;
import kg.sakchy.web.http.Rfc3339;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of schema MediaMessage. What the client can play and which stream it wants are
 * remembered: later wishes may leave them out.
 *
 * <p>Fails: VmsException INVALID_ARGUMENT with the field. Threads: one.
 */
final class ClientMessageReader {
  private static final Set<String> PLAY =
      Set.of("type", "sequence", "codecs", "stream", "at", "speed");
  private static final Set<String> POSITION = Set.of("type", "sequence", "mediaTime");
  private static final int MOST_CODECS = 32;
  private static final int LONGEST_CODEC = 64;
  private static final double SLOWEST = 0.25;
  private static final double FASTEST = 16;

  /** 30 years in seconds: no media time of ours reaches it, and ticks do not overflow. */
  private static final double LONGEST_SECONDS = 1e9;

  private static final long MOST_SEQUENCE = 1L << 53;

  private @Nullable PlayableCodecs playable;
  private StreamName stream = StreamName.MAIN;

  /** Reads one message. */
  ClientMessage read(JsonObject message) {
    Object type = message.getValue("type");
    if ("play".equals(type)) {
      requireOnly(message, PLAY);
      return new ClientMessage.Play(wish(message));
    }
    if ("position".equals(type)) {
      requireOnly(message, POSITION);
      double seconds = number(message, "mediaTime", 0, LONGEST_SECONDS);
      return new ClientMessage.Position(sequence(message), Math.round(seconds * Segment.TIMESCALE));
    }
    throw invalid("type", "is play or position");
  }

  private Wish wish(JsonObject message) {
    if (message.containsKey("codecs")) {
      playable = CodecNames.playable(codecs(message.getValue("codecs")));
    }
    if (playable == null) {
      throw invalid("codecs", "is needed in the first wish");
    }
    if (message.containsKey("stream")) {
      stream = stream(message.getValue("stream"));
    }
    Instant at = message.getValue("at") == null ? null : moment(message.getValue("at"));
    double speed = message.containsKey("speed") ? number(message, "speed", SLOWEST, FASTEST) : 1;
    if (at == null && speed != 1) {
      throw invalid("speed", "is 1 in the present");
    }
    return new Wish(sequence(message), playable, stream, at, speed);
  }

  private static long sequence(JsonObject message) {
    return (long) number(message, "sequence", 0, MOST_SEQUENCE);
  }

  private static List<String> codecs(@Nullable Object value) {
    if (!(value instanceof JsonArray array) || array.size() > MOST_CODECS) {
      throw invalid("codecs", "is a list of at most " + MOST_CODECS + " strings");
    }
    List<String> codecs = new ArrayList<>();
    for (Object codec : array) {
      if (!(codec instanceof String name) || name.length() > LONGEST_CODEC) {
        throw invalid("codecs", "holds strings of at most " + LONGEST_CODEC + " characters");
      }
      codecs.add(name);
    }
    return codecs;
  }

  private static StreamName stream(@Nullable Object value) {
    for (StreamName name : StreamName.values()) {
      if (name.code().equals(value)) {
        return name;
      }
    }
    throw invalid("stream", "is main or sub");
  }

  private static Instant moment(Object value) {
    if (!(value instanceof String text)) {
      throw invalid("at", "is a moment of RFC 3339");
    }
    try {
      return Rfc3339.parse(text);
    } catch (VmsException e) {
      throw invalid("at", "is " + e.getMessage());
    }
  }

  private static double number(JsonObject message, String field, double least, double most) {
    if (message.getValue(field) instanceof Number number) {
      double value = number.doubleValue();
      if (value >= least && value <= most) {
        return value;
      }
    }
    throw invalid(field, "is a number from %s to %s".formatted(least, most));
  }

  private static void requireOnly(JsonObject message, Set<String> fields) {
    for (String field : message.fieldNames()) {
      if (!fields.contains(field)) {
        throw invalid(field, "is not a field of this message");
      }
    }
  }

  private static VmsException invalid(String field, String what) {
    return new VmsException(ErrorKind.INVALID_ARGUMENT, field + ": " + what)
        .with(Problem.FIELD, "/" + field);
  }
}
